using Rx.Alerting.Service.CommandLine;

return await RxAlertingCommand.RunAsync(args, CommandHost.OfProcess());
