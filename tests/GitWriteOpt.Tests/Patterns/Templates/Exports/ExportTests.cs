using System.Text.Json;
using GitWriteOpt.Patterns.Templates;
using GitWriteOpt.Patterns.Templates.Exports;

namespace GitWriteOpt.Tests.Patterns.Templates.Exports;

/// <summary>
/// What the other tools read, as it was rendered once by hygen 6, plop 4 and Jinja: with what each of them would take for
/// its own syntax.
/// </summary>
public sealed class ExportTests
{
    private static readonly Template Sample = new("handler", 1, Template.Active, "history",
        [new TemplateParameter("name", "name", ["CreditNote"]), new TemplateParameter("date", "date", ["2026-01-02"])],
        [
            new TemplateFile("src/{{name.pascal}}Handler.php", "<%= made {{date}} %>\nclass {{name.pascal}} { '{{\"{{\"}}a}}' '\\\\{{\"{{\"}}b}}' {% c %} {# d #} }\n", 3),
            new TemplateFile("tests/{{name.snake.plural}}.php", "{{name}}\n", 3),
        ],
        [new RegistryLine("src/it's.php", "$add('{{name.pascal}}', \"$&\");", "appended"), new RegistryLine("first.txt", "use {{name.kebab}};", "prepended")], [], []);

    [Fact]
    public void Hygen_gets_a_file_each_with_its_front_matter_and_asks_for_the_parameters()
    {
        var files = Learning.Export(Sample, ExportFormat.Hygen);
        files.Select(f => f.Path).ShouldBe(["_templates/handler/new/1.ejs.t", "_templates/handler/new/2.ejs.t",
            "_templates/handler/new/3.ejs.t", "_templates/handler/new/4.ejs.t", "_templates/handler/new/prompt.js"]);
        files[0].Text.ShouldBe("---\nto: 'src/<%- h.changeCase.pascal(name) %>Handler.php'\n---\n<%%= made <%- date %> %>\n"
            + "class <%- h.changeCase.pascal(name) %> { '{{a}}' '\\\\{{b}}' {% c %} {# d #} }\n");
        files[1].Text.ShouldContain("to: 'tests/<%- h.changeCase.snake(h.inflection.pluralize(name)) %>.php'");
        files[2].Text.ShouldStartWith("---\ninject: true\nto: 'src/it''s.php'\nafter: '^\\$add\\(''.+'', \"\\$&\"\\);$(?=\\n)(?![^]*^\\$add\\(''.+'', \"\\$&\"\\);$)'\n---\n");
        files[3].Text.ShouldContain("\nbefore: '^use .+;$'\n---\nuse <%- h.changeCase.param(name) %>;");
        files[4].Text.ShouldContain("{ type: 'input', name: 'date', message: 'date (date)' }");
    }

    [Fact]
    public void Plop_gets_a_generator_and_nothing_of_the_text_is_taken_for_handlebars_or_a_group()
    {
        var files = Learning.Export(Sample, ExportFormat.Plop);
        files.Select(f => f.Path).ShouldBe(["plopfile.mjs", "plop-templates/handler/1.hbs", "plop-templates/handler/2.hbs"]);
        files[0].Text.ShouldContain("{ type: 'add', path: \"src/{{pascalCase name}}Handler.php\", templateFile: \"plop-templates/handler/1.hbs\" }");
        files[0].Text.ShouldContain("path: \"tests/{{snakeCase (plural name)}}.php\"");
        files[0].Text.ShouldContain("template: \"$&\\n$$add('{{pascalCase name}}', \\\"$$&\\\");\"");
        files[0].Text.ShouldContain("template: \"use {{kebabCase name}};\\n$&\"");
        files[1].Text.ShouldBe("<%= made {{date}} %>\nclass {{pascalCase name}} { '{{literal '{{'}}a}}' "
            + "'{{literal '\\'}}{{literal '\\'}}{{literal '{{'}}b}}' {% c %} {# d #} }\n");
    }

    [Fact]
    public void Cookiecutter_gets_json_whose_defaults_make_the_forms_of_the_name()
    {
        var files = Learning.Export(Sample, ExportFormat.Cookiecutter);
        using var json = JsonDocument.Parse(files[0].Text);
        json.RootElement.GetProperty("name").GetString().ShouldBe("credit-note");
        json.RootElement.GetProperty("name_pascal").GetString().ShouldBe("{{ (cookiecutter.name.replace('-', ' ').replace('_', ' ')).title().replace(' ', '') }}");
        json.RootElement.GetProperty("name_snake_plural").GetString()!.ShouldContain("~'s'");
        files[1].Path.ShouldBe("handler/{{cookiecutter.directory}}/src/{{cookiecutter.name_pascal}}Handler.php");
        files[1].Text.ShouldContain("'{{ '{{' }}a}}'");
        files[1].Text.ShouldContain("{{ '{%' }} c %} {{ '{#' }} d #}");
    }

    [Fact]
    public void The_native_export_is_what_import_reads() =>
        TemplateFiles.Parse(System.Text.Encoding.UTF8.GetBytes(Learning.Export(Sample, ExportFormat.Native)[0].Text)).Files.ShouldBe(Sample.Files);
}
