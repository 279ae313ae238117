namespace GitWriteOpt.Cli.Agents;

/// <summary>
/// OpenCode has no hook commands: a plugin of a few lines tells its events in Claude Code's form. A denial is thrown,
/// which is how OpenCode keeps a tool from running; any other failure is ignored.
/// </summary>
internal static class OpenCodePlugin
{
    /// <summary>Its name on our command line.</summary>
    internal const string Host = "opencode";

    /// <summary>Where it lies, from the worktree's root.</summary>
    internal const string Path = ".opencode/plugins/writeopt.ts";

    /// <summary>The whole file.</summary>
    internal const string Text = """
        // Made by `git writeopt install --agent opencode`; `git writeopt uninstall --agent opencode` removes it.
        import { spawnSync } from "node:child_process"

        const denied = 2

        export const Writeopt = async ({ directory }) => {
          const tell = (name, session, more = {}) =>
            spawnSync("git", ["writeopt", "hook", "claude"], {
              cwd: directory,
              input: JSON.stringify({ hook_event_name: name, session_id: session ?? "opencode", cwd: directory, ...more }),
              encoding: "utf8",
              timeout: 10000,
            })
          return {
            "chat.message": async (input) => {
              tell("UserPromptSubmit", input?.sessionID)
            },
            "tool.execute.before": async (input, output) => {
              const answer = tell("PreToolUse", input.sessionID, {
                tool_name: input.tool, tool_use_id: input.callID, tool_input: output.args,
              })
              if (answer.status === denied) throw new Error(answer.stderr.trim())
            },
            "tool.execute.after": async (input, output) => {
              tell("PostToolUse", input.sessionID, {
                tool_name: input.tool, tool_use_id: input.callID, tool_input: input.args ?? output?.args ?? {},
              })
            },
            event: async ({ event }) => {
              if (event.type === "session.idle") tell("Stop", event.properties?.sessionID)
              if (event.type === "session.deleted") tell("SessionEnd", event.properties?.info?.id)
            },
          }
        }

        """;
}
