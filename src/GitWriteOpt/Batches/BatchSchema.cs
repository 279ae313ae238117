namespace GitWriteOpt.Batches;

/// <summary>The JSON Schema (draft 2020-12) of the native batch, as <c>git writeopt schema</c> prints it.</summary>
public static class BatchSchema
{
    /// <summary>The schema. NDJSON has a <c>$defs/operation</c> a line.</summary>
    public const string Text = """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "$id": "https://git-writeopt.invalid/schemas/batch.json",
          "title": "A batch of writes for git writeopt apply",
          "description": "One document, or NDJSON with an operation a line. Operations are taken in order, each on the result of those before it; all are carried out or none.",
          "type": "object",
          "required": ["operations"],
          "additionalProperties": false,
          "properties": {
            "message": { "type": "string", "description": "What the batch is for." },
            "operations": { "type": "array", "items": { "$ref": "#/$defs/operation" } }
          },
          "$defs": {
            "path": {
              "type": "string",
              "minLength": 1,
              "description": "Relative to the worktree's root, with /; or absolute inside the worktree."
            },
            "expect": {
              "description": "What must be true of the path, or the batch is refused: nothing there, something there, or a file with this blob id (git hash-object --no-filters).",
              "anyOf": [
                { "enum": ["absent", "present"] },
                { "type": "string", "pattern": "^([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$" }
              ]
            },
            "operation": {
              "oneOf": [
                { "$ref": "#/$defs/write" }, { "$ref": "#/$defs/edit" }, { "$ref": "#/$defs/insert" },
                { "$ref": "#/$defs/patch" }, { "$ref": "#/$defs/delete" }, { "$ref": "#/$defs/move" },
                { "$ref": "#/$defs/copy" }, { "$ref": "#/$defs/chmod" }, { "$ref": "#/$defs/symlink" },
                { "$ref": "#/$defs/template" }
              ]
            },
            "write": {
              "description": "The whole content of a file, verbatim: made or overwritten.",
              "type": "object",
              "required": ["op", "path"],
              "oneOf": [
                { "required": ["content"] },
                { "required": ["source"], "not": { "required": ["encoding"] } }
              ],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "write" },
                "path": { "$ref": "#/$defs/path" },
                "content": { "type": "string" },
                "source": { "type": "string", "description": "A file whose bytes are the content; relative to the caller's directory." },
                "encoding": { "enum": ["utf-8", "base64"], "default": "utf-8" },
                "mode": { "enum": ["100644", "100755"] },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "edit": {
              "description": "Replacements of text, in order. Each old text must occur exactly once, unless all is true.",
              "type": "object",
              "required": ["op", "path", "edits"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "edit" },
                "path": { "$ref": "#/$defs/path" },
                "edits": {
                  "type": "array",
                  "minItems": 1,
                  "items": {
                    "type": "object",
                    "required": ["old", "new"],
                    "additionalProperties": false,
                    "properties": {
                      "old": { "type": "string", "minLength": 1 },
                      "new": { "type": "string" },
                      "all": { "type": "boolean", "default": false }
                    }
                  }
                },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "insert": {
              "description": "Text after a line; 0 is the top of the file.",
              "type": "object",
              "required": ["op", "path", "line", "text"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "insert" },
                "path": { "$ref": "#/$defs/path" },
                "line": { "type": "integer", "minimum": 0, "maximum": 2147483647 },
                "text": { "type": "string" },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "patch": {
              "description": "A unified or git diff over any number of files.",
              "type": "object",
              "required": ["op", "diff"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "patch" },
                "diff": { "type": "string" },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "delete": {
              "type": "object",
              "required": ["op", "path"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "delete" },
                "path": { "$ref": "#/$defs/path" },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "move": {
              "type": "object",
              "required": ["op", "from", "to"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "move" },
                "from": { "$ref": "#/$defs/path" },
                "to": { "$ref": "#/$defs/path" },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "copy": {
              "type": "object",
              "required": ["op", "from", "to"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "copy" },
                "from": { "$ref": "#/$defs/path" },
                "to": { "$ref": "#/$defs/path" },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "chmod": {
              "type": "object",
              "required": ["op", "path", "executable"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "chmod" },
                "path": { "$ref": "#/$defs/path" },
                "executable": { "type": "boolean" },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "symlink": {
              "description": "A symbolic link; the target is kept as it is and never followed.",
              "type": "object",
              "required": ["op", "path", "target"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "symlink" },
                "path": { "$ref": "#/$defs/path" },
                "target": { "type": "string", "minLength": 1 },
                "expect": { "$ref": "#/$defs/expect" }
              }
            },
            "template": {
              "description": "A learned template, filled in.",
              "type": "object",
              "required": ["op", "name"],
              "additionalProperties": false,
              "properties": {
                "op": { "const": "template" },
                "name": { "type": "string" },
                "parameters": { "type": "object", "additionalProperties": { "type": "string" } },
                "expect": { "$ref": "#/$defs/expect" }
              }
            }
          }
        }
        """;
}
