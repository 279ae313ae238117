using GitWriteOpt.Syntax;

using var input = Console.OpenStandardInput();
using var output = Console.OpenStandardOutput();
return Conversation.Run(input, output);
