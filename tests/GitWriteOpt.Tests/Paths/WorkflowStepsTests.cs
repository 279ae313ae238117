using GitWriteOpt.Paths;
using GitWriteOpt.Planning;

namespace GitWriteOpt.Tests.Paths;

public sealed class WorkflowStepsTests
{
    [Theory]
    [InlineData("src/order.py", WorkflowStep.Implementation)]
    [InlineData("src/latest.cs", WorkflowStep.Implementation)]
    [InlineData("package.json", WorkflowStep.Implementation)]
    [InlineData("src/contest.go", WorkflowStep.Implementation)]
    [InlineData("src/order_test.go", WorkflowStep.Testing)]
    [InlineData("src/order.spec.ts", WorkflowStep.Testing)]
    [InlineData("App.Tests/Order.cs", WorkflowStep.Testing)]
    [InlineData("src/OrderTests.cs", WorkflowStep.Testing)]
    [InlineData("tests/data/a.json", WorkflowStep.Testing)]
    [InlineData("jest.config.js", WorkflowStep.Testing)]
    [InlineData("conftest.py", WorkflowStep.Testing)]
    [InlineData("tests/README.md", WorkflowStep.Documentation)]
    [InlineData("docs/guide.rst", WorkflowStep.Documentation)]
    [InlineData("docs/logo.png", WorkflowStep.Documentation)]
    [InlineData("CHANGELOG", WorkflowStep.Documentation)]
    public void A_path_tells_the_step(string path, WorkflowStep step) => WorkflowSteps.Of(path).ShouldBe(step);

    [Fact]
    public void Tests_go_with_what_they_test_their_data_with_them_and_documents_with_what_they_describe()
    {
        RepoPath[] paths =
        [
            .. new[]
            {
                "src/order_line.py", "src/invoice.py", "tests/test_order_line.py", "tests/fixtures/order.json", "docs/invoice.md", "pytest.ini",
                "src/other/README.md", "src/other/x.py", "docs/unrelated.md", "other/src/invoice.py",
            }.Select(RepoPath.Parse),
        ];
        StepCompanions.Of(paths).ShouldBe([-1, -1, 0, 2, 1, 2, 7, -1, -1, -1]);
        StepCompanions.Of([RepoPath.Parse("a.cs"), RepoPath.Parse("b.cs")]).ShouldBe([-1, -1]);
    }
}
