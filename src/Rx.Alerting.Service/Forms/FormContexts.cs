using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Forms;

/// <summary>Makes what forms of a page need to know.</summary>
internal sealed class FormContexts(FormTokens tokens, FormOutcomes outcomes)
{
    public FormContext Of(HttpContext context)
    {
        var caller = context.Caller();
        return new(() => tokens.Issue(context))
        {
            MayDecide = caller.Role >= AccessRole.Operator,
            SeesAll = caller.Scope.IsAll,
            By = caller.IsKnown ? caller.Name : null,
            Typed = FormNames.Of(context),
            Outcome = outcomes.Find(context),
            IsAnswer = HttpMethods.IsPost(context.Request.Method),
        };
    }
}
