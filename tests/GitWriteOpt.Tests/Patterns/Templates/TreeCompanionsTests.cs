using System.Globalization;
using GitWriteOpt.ObjectStore;
using GitWriteOpt.Patterns.Templates;

namespace GitWriteOpt.Tests.Patterns.Templates;

public sealed class TreeCompanionsTests
{
    [Fact]
    public void A_new_directory_borrows_its_neighbours_from_several_others()
    {
        List<string> paths = [.. Enumerable.Range(0, 20).SelectMany(i => new[] { $"app/images/Pic{i}.xaml", $"app/images/Pic{i}.svg" })];
        foreach (var (folder, view) in new[] { ("login", "Login"), ("search", "Search"), ("about", "About"), ("start", "Start") })
        {
            paths.AddRange([$"app/{folder}/{view}View.xaml", $"app/{folder}/{view}View.xaml.cs"]);
        }

        var best = new TreeCompanions(paths).Of("app/orders/OrderView.xaml").MaxBy(c => c.Chance);
        best.Path.ShouldBe("app/orders/OrderView.xaml.cs");
        best.From.ShouldContain(f => f.Path == "app/login/LoginView.xaml.cs");
    }

    [Fact]
    public void The_same_file_is_expected_beside_it_where_much_the_same_lies_and_it_is_not_there_yet()
    {
        var tree = new TreeCompanions(["src/a/a.csproj", "src/a/One.cs", "src/b/b.csproj", "src/b/Two.cs", "src/docs/index.md", "src/c/c.csproj", "src/c/lock.json"]);
        tree.Beside("src/a/lock.json").Select(b => b.Path).ShouldBe(["src/b/lock.json"]);
    }

    [Fact]
    public void A_new_package_gets_what_the_packages_beside_it_have()
    {
        var tree = new TreeCompanions(["crates/a/Cargo.toml", "crates/a/LICENSE", "crates/a/a.txt", "crates/b/Cargo.toml", "crates/b/LICENSE", "crates/c/notes"]);
        tree.Usual("crates/new/Cargo.toml").Select(c => c.Path).ShouldBe(["crates/new/LICENSE"]);
    }

    [Fact]
    public void What_is_imported_from_packages_that_are_not_here_is_not_missing()
    {
        const string Text = "package shop.orders;\nimport java.util.List;\nimport shop.orders.Line;\nimport shop.money.Amount;\n";
        Mentions.Of("src/shop/orders/Order.java", Text, directory => directory == "src/shop/money").Select(m => m.Path)
            .ShouldBe(["src/shop/orders/Line.java", "src/shop/money/Amount.java"]);
    }

    [Fact]
    public void A_file_that_nothing_stood_in_for_begins_as_all_of_its_kind_do_and_a_twin_as_the_given_one()
    {
        var log = new AdditionLog();
        var texts = new Dictionary<ObjectId, string>();
        for (var i = 0; i < 5; i++)
        {
            var id = ObjectId.Parse((i + 1).ToString("x40", CultureInfo.InvariantCulture));
            texts.Add(id, $"// Licence\n\npackage main\nvar x{i} = {i}\n");
            log.Append(new AddedGroup($"c{i}", i, [new AddedFile($"src/f{i}.go", id)], []));
        }

        var skeletons = new SkeletonWriting(log, id => texts.GetValueOrDefault(id));
        skeletons.Of(new PredictedFile("src/new.go", 0.5, [])).Text.ShouldBe("// Licence\n\npackage main\n");
        skeletons.Of(new PredictedFile("src/new.rs", 0.5, [])).Text.ShouldBeEmpty();
        skeletons.Of(new PredictedFile("src/new.go", 0.5, []) { Twin = "twin\n" }).Text.ShouldBe("twin\n");
    }
}
