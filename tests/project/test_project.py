"""What people expect of a project: workflows that GitHub takes, and documents that say what is there."""

import importlib.util
import re
import shlex
import subprocess
import sys
import tomllib

import pytest
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from ruamel.yaml import YAML

from tools.environment import LOCKS, ROOT, program
from tools.site.build import SITE

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted(set(GITHUB.glob("ISSUE_TEMPLATE/*.yml")) - {*GITHUB.rglob("config.yml")})
SCHEMAS = {
    "vendor.github-workflows": WORKFLOWS,
    "custom.github-workflows-require-timeout": WORKFLOWS,
    "vendor.github-issue-forms": sorted(
        set(GITHUB.glob("ISSUE_TEMPLATE/*.yml")) - {*GITHUB.rglob("config.yml")}
    ),
    "vendor.github-issue-config": [GITHUB / "ISSUE_TEMPLATE" / "config.yml"],
    "vendor.dependabot": [GITHUB / "dependabot.yml"],
    "vendor.citation-file-format": [ROOT / "CITATION.cff"],
}
TEXTS = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")),
    *GITHUB.rglob("*.md"),
    *GITHUB.rglob("*.yml"),
]
FILE = r"[\w.-]+\.(md|toml|yml|lock|cff|py|ipynb)"
PATH = r"[\w.-]+([/\\][\w.-]+)*[/\\]?"
by_path = pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.relative_to(ROOT).as_posix())
by_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def yaml(name):
    """Return a YAML file as GitHub reads it: `on` is a word there, not a truth value."""
    return YAML(typ="safe").load(read(name))


def recipes():
    """Return what each target of the Makefile does."""
    return dict(re.findall(r"^([a-z_]+):.*\n((?:\t.*\n)*)", read("Makefile"), re.MULTILINE))


def commands(path):
    """Return the commands that a text names: lines that run in a workflow, else words set as code."""
    if path in WORKFLOWS:
        steps = [step for job in yaml(path)["jobs"].values() for step in job["steps"]]
        return [step["run"] for step in steps if "run" in step]
    text = path.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [*re.findall(r"`([^`\n]+)`", text), *"\n".join(blocks).splitlines()]


# GitHub.


@pytest.mark.parametrize("schema", SCHEMAS)
def test_files_for_github_are_what_github_expects(schema):
    assert SCHEMAS[schema]
    result = CliRunner().invoke(check_jsonschema, ["--builtin-schema", schema, *map(str, SCHEMAS[schema])])
    assert result.exit_code == 0, result.output


def test_workflow_that_github_would_not_take_is_found(tmp_path):
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    (tmp_path / "workflow.yml").write_text(text.replace("runs-on:", "run-on:"), encoding="utf-8")
    arguments = ["--builtin-schema", "vendor.github-workflows", str(tmp_path / "workflow.yml")]
    assert CliRunner().invoke(check_jsonschema, arguments).exit_code == 1


@by_workflow
def test_workflows_may_read_and_no_more_unless_a_job_says_so(path):
    workflow = yaml(path)
    assert workflow["permissions"] == {"contents": "read"}
    more = {name: job["permissions"] for name, job in workflow["jobs"].items() if "permissions" in job}
    assert more == ({"deploy": {"pages": "write", "id-token": "write"}} if path.stem == "site" else {})
    assert "pull_request_target" not in workflow["on"]


@by_workflow
def test_a_newer_push_takes_the_place_of_an_older_one(path):
    assert yaml(path)["concurrency"]["group"] == "${{ github.workflow }}-${{ github.ref }}"


@by_workflow
def test_actions_are_githubs_own_and_pinned(path):
    used = [step["uses"] for job in yaml(path)["jobs"].values() for step in job["steps"] if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@(v\d+(\.\d+)*|[0-9a-f]{40})", each) for each in used)


def test_tests_run_on_the_three_systems_with_the_python_of_the_locks():
    (job,) = yaml(".github/workflows/test.yml")["jobs"].values()
    systems = {
        each["system"].partition("-")[0]: each["python"] for each in job["strategy"]["matrix"]["include"]
    }
    assert set(systems) == {"ubuntu", "macos", "windows"}
    here = program("python").relative_to(ROOT).as_posix().removesuffix(".exe")
    assert here in systems.values()
    assert job["steps"][-1]["run"].split()[:2] == ["make", "test"]


def test_site_is_published_from_where_it_is_built():
    jobs = yaml(".github/workflows/site.yml")["jobs"]
    upload = jobs["build"]["steps"][-1]
    assert upload["with"]["path"] == (SITE / "html").relative_to(ROOT).as_posix()
    assert jobs["deploy"]["needs"] == "build"


@by_workflow
def test_what_a_workflow_caches_changes_with_a_lock(path):
    steps = [step for job in yaml(path)["jobs"].values() for step in job["steps"]]
    (setup,) = [step["with"] for step in steps if step.get("uses", "").startswith("actions/setup-python")]
    assert setup["cache-dependency-path"] in LOCKS.values()


# What documents and workflows name is there.


@by_path
def test_every_command_exists(path):
    for command in commands(path):
        for target in re.findall(r"^make ([a-z_]+)", command):
            assert target in recipes(), command
        for module in re.findall(r"-m ([\w.]+)", command):
            assert importlib.util.find_spec(module), command
        for script in re.findall(r"(?:python|py -3) ([\w\\/]+\.py)", command):
            assert (ROOT / script.replace("\\", "/")).is_file(), command


@by_path
def test_every_path_exists(path):
    text = path.read_text(encoding="utf-8")
    links = [each for each in re.findall(r"\]\(([^)#\s]+)", text) if not re.match(r"[a-z]+:", each)]
    for name in links:
        assert (path.parent / name).exists(), name
    for word in re.findall(r"`([^`\s]+)`", text):
        name = word.replace("\\", "/")
        if re.fullmatch(FILE, name):
            folders = (ROOT / each for each in ("rl_helpers", "tools", "tests"))
            assert (ROOT / name).exists() or any(next(each.rglob(name), None) for each in folders), word
        elif "/" in name and re.fullmatch(PATH, word) and not name.startswith(("Bob/", "notebooks/output/")):
            assert (ROOT / name).exists(), word


def test_version_and_authors_are_the_same_everywhere():
    project = tomllib.loads(read("pyproject.toml"))["project"]
    citation = yaml("CITATION.cff")
    newest = re.search(r"^## (\d\S+) \((\S+)\)$", read("CHANGELOG.md"), re.MULTILINE)
    assert (citation["version"], citation["date-released"]) == newest.groups()
    assert citation["version"] == project["version"]
    assert citation["license"] == project["license"]
    (holder,) = re.findall(r"^Copyright \(c\) \d+, (.+)$", read("LICENSE"), re.MULTILINE)
    assert citation["authors"] == [{"name": holder}]


def test_hooks_before_a_commit_lint_as_the_test_command_does():
    (repository,) = yaml(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    modules = []
    for hook in repository["hooks"]:
        python, script, run, *module = shlex.split(hook["entry"])
        assert (python, script, run) == ("python", "tools/environment.py", "run")
        assert hook["pass_filenames"] is False
        modules.append(module)
    parts = [part.partition(" -m ")[2] for part in recipes()["test"].strip().split(" && ")]
    assert [" ".join(module) for module in modules] == [part for part in parts if part.startswith("ruff")]
    for module in modules:
        subprocess.run([sys.executable, "-m", *module], cwd=ROOT, check=True, capture_output=True)
