namespace GitWriteOpt.Mcp;

/// <summary>JSON Schemas of the tools' arguments and answers. Answers may have more than is said here.</summary>
internal static class ToolSchemas
{
    /// <summary>Only the repository.</summary>
    internal const string None = $$"""{"type":"object","properties":{ {{Repository}} },"additionalProperties":false}""";

    /// <summary>A batch to plan.</summary>
    internal const string Plan =
        $$"""{"type":"object","properties":{ {{Repository}},{{Batch}} },"required":["batch"],"additionalProperties":false}""";

    /// <summary>A batch to apply.</summary>
    internal const string Apply = $$"""
        {"type":"object","properties":{ {{Repository}},{{Batch}},
        "id":{"type":"string","minLength":1,"maxLength":200,"description":"An id of yours for this batch, best a UUID: the same id with the same batch is not applied twice, with another batch it is refused"} },
        "required":["batch","id"],"additionalProperties":false}
        """;

    /// <summary>A transaction to undo.</summary>
    internal const string Rollback = $$"""
        {"type":"object","properties":{ {{Repository}},
        "transaction":{"type":"string","description":"Its id, as writeopt_apply answered it; else the newest of this server"} },
        "additionalProperties":false}
        """;

    /// <summary>How much of the log.</summary>
    internal const string Log = $$"""
        {"type":"object","properties":{ {{Repository}},"limit":{"type":"integer","minimum":0,"description":"At most so many; else 20"} },
        "additionalProperties":false}
        """;

    /// <summary>The answer to apply and rollback.</summary>
    internal const string Outcome = """
        {"type":"object","properties":{
        "state":{"enum":["applied","unchanged","planned","partial","refused","rolled-back","attention"]},
        "transaction":{"type":["string","null"]},"ref":{"type":["string","null"]},"before":{"type":["string","null"]},
        "after":{"type":["string","null"]},"files":{"type":"array","items":{"type":"object"}},
        "skipped":{"type":"array"},"warnings":{"type":"array","items":{"type":"string"}},"timings":{"type":"object"},
        "error":{"type":["object","null"]}},"required":["state","files","warnings","error"]}
        """;

    /// <summary>The answer to plan.</summary>
    internal const string PlanAnswer = """
        {"type":"object","properties":{"operation":{"type":["string","null"]},"files":{"type":"integer"},
        "strategy":{"enum":["atomic","batch","template","incremental"]},"estimatedSeconds":{"type":"number"},
        "risk":{"enum":["low","medium","high"]},"sequence":{"type":"array"},"rollback":{"type":"object"},
        "dependencies":{"type":"array"},"groups":{"type":"array"},"decisions":{"type":"array"}},
        "required":["files","strategy","risk"]}
        """;

    /// <summary>The answer to status.</summary>
    internal const string Status = """
        {"type":"object","properties":{"pending":{"type":"array"},"sessions":{"type":"array"},"rescued":{"type":"array"},
        "transactions":{"type":"integer"},"bytes":{"type":"integer"}},"required":["pending","sessions","rescued","transactions","bytes"]}
        """;

    /// <summary>The answer to log.</summary>
    internal const string LogAnswer =
        """{"type":"object","properties":{"transactions":{"type":"array","items":{"type":"object"}}},"required":["transactions"]}""";

    /// <summary>The answer to recover.</summary>
    internal const string Recovery = """
        {"type":"object","properties":{"state":{"enum":["clean","recovered","attention"]},"recovered":{"type":"array"},
        "rescued":{"type":"array"}},"required":["state","recovered","rescued"]}
        """;

    private const string Repository =
        """ "repository":{"type":"string","description":"Its root, as the server was started with; may be left out where there is one"} """;

    private const string Batch = """
        "batch":{"type":["string","object","array"],"description":"A native batch {\"operations\":[{\"op\":\"write\",\"path\":...,\"content\":...},...]}, or the text of a patch or diff"},
        "format":{"type":"string","description":"The batch's format; else it is detected"},
        "message":{"type":"string","description":"What the batch is for"}
        """;
}
