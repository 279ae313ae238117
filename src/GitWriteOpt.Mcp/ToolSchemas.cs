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

    /// <summary>Changed paths.</summary>
    internal const string Suggest = $$"""
        {"type":"object","properties":{ {{Repository}},
        "paths":{"type":"array","items":{"type":"string"},"description":"Changed files, from the repository's root; else what is changed now"} },
        "additionalProperties":false}
        """;

    /// <summary>A template and what it is given.</summary>
    internal const string Template = $$"""
        {"type":"object","properties":{ {{Repository}},
        "name":{"type":"string","description":"The template to use; else they are listed"},
        "parameters":{"type":"object","additionalProperties":{"type":"string"},"description":"Its parameters by name"},
        "id":{"type":"string","minLength":1,"maxLength":200,"description":"With a name: an id of yours, best a UUID"} },
        "additionalProperties":false}
        """;

    /// <summary>The answer to suggest.</summary>
    internal const string Suggestions = $$"""
        {"type":"object","properties":{"suggest":{"type":"array","items":{"type":"object","properties":{"path":{"type":"string"},
        "confidence":{"type":"number"},"support":{{Count}},"commits":{{Texts}} },"required":["path","confidence","support","commits"]} } },
        "required":["suggest"]}
        """;

    /// <summary>The answer to template.</summary>
    internal const string Templates = $$"""
        {"type":"object","properties":{"templates":{"type":"array","items":{"type":"object","properties":{"name":{"type":"string"},
        "parameters":{{Texts}},"files":{{Texts}},"instances":{{Count}} },"required":["name","parameters","files","instances"]} },
        "outcome":{"anyOf":[{{Outcome}},{"type":"null"}]} },"required":["templates","outcome"]}
        """;

    /// <summary>The answer to apply and rollback.</summary>
    internal const string Outcome = $$"""
        {"type":"object","properties":{
        "state":{"enum":["applied","unchanged","planned","partial","refused","rolled-back","attention"]},
        "transaction":{{Text}},"ref":{{Text}},"before":{{Text}},"after":{{Text}},"undone":{{Texts}},
        "files":{"type":"array","items":{{File}} },"skipped":{"type":"array","items":{"type":"object"} },"warnings":{{Texts}},
        "findings":{"type":"array","items":{"type":"object"} },"timings":{"type":"object"},"error":{{Error}},"moreErrors":{"type":"array","items":{{Error}} } },
        "required":["state","transaction","ref","before","after","files","skipped","warnings","timings","error"]}
        """;

    /// <summary>The answer to plan.</summary>
    internal const string PlanAnswer = $$"""
        {"type":"object","properties":{"operation":{"type":"string"},"files":{{Count}},
        "strategy":{"enum":["atomic","batch","template","incremental"]},"estimatedSeconds":{"type":"number"},
        "risk":{"enum":["low","medium","high"]},"sequence":{"type":"array","items":{"type":"object"} },
        "rollback":{"type":"object"},"dependencies":{{Texts}},"groups":{"type":"array","items":{"type":"object"} },
        "decisions":{"type":"array","items":{"type":"object"} },"linkFixes":{"type":"array","items":{"type":"object"} },"warnings":{{Texts}} },
        "required":["operation","files","strategy","estimatedSeconds","risk","sequence","rollback","dependencies","groups","decisions"]}
        """;

    /// <summary>The answer to status.</summary>
    internal const string Status = $$"""
        {"type":"object","properties":{"pending":{"type":"array","items":{"type":"object"} },
        "sessions":{"type":"array","items":{"type":"object"} },"rescued":{"type":"array","items":{"type":"object"} },
        "transactions":{{Count}},"bytes":{{Count}},"kept":{{Texts}},"newest":{"anyOf":[{{Entry}},{"type":"null"}]} },
        "required":["pending","sessions","rescued","transactions","bytes"]}
        """;

    /// <summary>The answer to log.</summary>
    internal const string LogAnswer = $$"""
        {"type":"object","properties":{"transactions":{"type":"array","items":{{Entry}} } },"required":["transactions"]}
        """;

    /// <summary>The answer to recover.</summary>
    internal const string Recovery = $$"""
        {"type":"object","properties":{"state":{"enum":["clean","recovered","attention"]},
        "recovered":{"type":"array","items":{"type":"object"} },"rescued":{"type":"array","items":{"type":"object"} },
        "warnings":{{Texts}},"sessions":{"type":"array","items":{"type":"object"} } },"required":["state","recovered","rescued"]}
        """;

    private const string Text = """ {"type":["string","null"]} """;

    private const string Texts = """ {"type":"array","items":{"type":"string"}} """;

    private const string Count = """ {"type":"integer","minimum":0} """;

    private const string File = $$"""
        {"type":"object","properties":{"path":{"type":"string"},"change":{"enum":["added","modified","deleted","renamed","mode","type"]},
        "from":{"type":"string"},"bytes":{{Count}},"blob":{{Text}} },"required":["path","change","bytes","blob"]}
        """;

    private const string Error = """
        {"type":["object","null"],"properties":{
        "category":{"enum":["permission","format","dependency","conflict","system","usage"]},"code":{"type":"string"},
        "path":{"type":["string","null"]},"message":{"type":"string"},"suggestion":{"type":["string","null"]},
        "line":{"type":"integer"},"column":{"type":"integer"}},"required":["category","code","message"]}
        """;

    private const string Entry = """
        {"type":"object","properties":{"transaction":{"type":"string"},"kind":{"type":"string"},"time":{"type":"string"},
        "session":{"type":["string","null"]},"files":{"type":"integer"},"added":{"type":"integer"},"modified":{"type":"integer"},
        "deleted":{"type":"integer"},"standing":{"type":"boolean"}},"required":["transaction","kind","time","files","standing"]}
        """;

    private const string Repository =
        """ "repository":{"type":"string","description":"Its root, as the server was started with; may be left out where there is one"} """;

    private const string Batch = """
        "batch":{"type":["string","object","array"],"description":"A native batch {\"operations\":[{\"op\":\"write\",\"path\":...,\"content\":...},...]}, or the text of a patch or diff"},
        "format":{"type":"string","description":"The batch's format; else it is detected"},
        "message":{"type":"string","description":"What the batch is for"}
        """;
}
