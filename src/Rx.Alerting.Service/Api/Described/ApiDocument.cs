using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Metrics;
using Scalar.AspNetCore;

namespace Rx.Alerting.Service.Api.Described;

/// <summary>The document that describes the API to programs (OpenAPI 3.1), and a page to read it.</summary>
internal static class ApiDocument
{
    public const string Path = "/openapi/v1.json";

    /// <summary>The page that shows the document.</summary>
    public const string PagePath = "/api";

    private const string Version = "v1", Token = "token";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services
        .ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Readable);
            json.SerializerOptions.PropertyNamingPolicy = ApiJson.Readable.Options.PropertyNamingPolicy;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter<ReplyStatus>());
        })
        .AddOpenApi(Version, document =>
        {
            document.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            document.ShouldInclude = address => address.HttpMethod != HttpMethods.Head
                && address.ActionDescriptor.EndpointMetadata.OfType<Operation>().Any();
            document.AddSchemaTransformer((schema, context, _) =>
            {
                Correct(schema, context.JsonTypeInfo);
                return Task.CompletedTask;
            });
            document.AddDocumentTransformer((content, _, _) =>
            {
                Describe(content);
                return Task.CompletedTask;
            });
            document.AddOperationTransformer((content, context, _) =>
            {
                OperationDocument.Describe(
                    content, context.Description.ActionDescriptor.EndpointMetadata.OfType<Operation>().Single());
                return Task.CompletedTask;
            });
        });

    public static void MapApiDocument(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("").Needs(AccessRole.Reader);
        ((IEndpointConventionBuilder)routes).Finally(endpoint =>
        {
            foreach (var open in endpoint.Metadata.OfType<IAllowAnonymous>().ToList())
                endpoint.Metadata.Remove(open); // The package opens the page's picture to all.
            ReadMethods.AddHead(endpoint);
        });
        routes.MapOpenApi(Path);
        routes.MapScalarApiReference(PagePath, (page, context) =>
        {
            page.WithTitle("Rx.Alerting: API").WithOpenApiRoutePattern(Path).WithNonce()
                .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools().HideClientButton();
            AllowScripts(context);
        });
    }

    /// <summary>The page begins with a script in itself, and its own script writes styles. Nothing else is allowed.</summary>
    private static void AllowScripts(HttpContext context) => context.Response.OnStarting(() =>
    {
        if (context.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
        {
            context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.PolicyWith(
                $"script-src 'self' 'nonce-{nonce}'", "style-src 'self' 'unsafe-inline'");
        }

        return Task.CompletedTask;
    });

    /// <summary>Members that are left out where they are null are not required. No enumeration has null itself.</summary>
    private static void Correct(OpenApiSchema schema, JsonTypeInfo type)
    {
        foreach (var member in type.Properties)
        {
            if (member.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true) is { Length: > 0 })
                schema.Required?.Remove(member.Name);
        }

        if (schema.Enum is not { Count: > 0 } values)
            return;
        schema.Enum = [.. values.Where(value => value is not null)];
        schema.Type = JsonSchemaType.String;
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new()
        {
            Title = "Rx.Alerting",
            Version = BuildVersion.Number,
            Description = "Incidents of video views, and what is known of them. Times are event times.",
        };
        document.Servers = [new() { Url = "/" }];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
        {
            [Token] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A token that `rx-alerting token create` has made. On the machine of the service none may be needed.",
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Token, document)] = [] }];
        document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Incidents", Description = "What is broken, where, and how badly." },
            new() { Name = "Error rates", Description = "What is measured, and what is normal." },
            new() { Name = "Silences", Description = "What nobody is told of." },
            new() { Name = "Notifications", Description = "Who was told of what, and what failed." },
            new() { Name = "Pipelines", Description = "How the stream is read." },
            new() { Name = "Commands", Description = "What people decide." },
        };
    }
}
