return GitWriteOpt.Cli.Commands.CommandLine.Run(args);
