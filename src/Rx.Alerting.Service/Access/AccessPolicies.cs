using Microsoft.AspNetCore.Authorization;

namespace Rx.Alerting.Service.Access;

/// <summary>Says of addresses who may use them. An address of which nobody has said anything is closed to all.</summary>
/// <example><code>routes.MapGet("/page", Answer).Needs(AccessRole.Reader);</code></example>
internal static class AccessPolicies
{
    /// <summary>Lets callers use an address who have a role, or a higher one.</summary>
    public static T Needs<T>(this T routes, AccessRole role)
        where T : IEndpointConventionBuilder => routes.RequireAuthorization(role.ToString());

    public static void Add(AuthorizationOptions options)
    {
        foreach (var role in (AccessRole[])[AccessRole.Reader, AccessRole.Operator, AccessRole.Admin])
            options.AddPolicy(role.ToString(), policy => policy.AddRequirements(new RoleRequirement(role)));
        options.DefaultPolicy = new([new RoleRequirement(AccessRole.Admin)], []);
        options.FallbackPolicy = new([new NothingMapped()], []);
    }
}

/// <summary>A role that the caller must have.</summary>
internal sealed class RoleRequirement(AccessRole role) : AuthorizationHandler<RoleRequirement>, IAuthorizationRequirement
{
    public AccessRole Role => role;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (context.User.Caller().Role >= role)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>
/// What holds where nobody has said who may use an address: the address is closed. Readers are told that there is none, where there is none
/// (404), or not with this method (405).
/// </summary>
internal sealed class NothingMapped : AuthorizationHandler<NothingMapped>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NothingMapped requirement)
    {
        if (context.User.Caller().Role >= AccessRole.Reader && (context.Resource as HttpContext)?.GetEndpoint() is not RouteEndpoint)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
