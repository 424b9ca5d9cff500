"""The nightly steps as MeanMax command lines, whatever starts them.

Every text may hold Airflow's templates: {{ ds }} is the day, the variable `meanmax` has the rest
(variables.json). A day's model version is called by the day, its stages lie in a folder of the day,
its predictions in a partition of the day: a step that is run again replaces what it made itself.
"""

from collections import namedtuple

DAY = "{{ ds }}"

# Every tenth document by its id: the same ones in every run.
TEST_DOCUMENT = "pmod(xxhash64(id), 10) = 0"

# retries: how often a failed step is tried again.
Step = namedtuple("Step", "name arguments retries")


def setting(name):
    return "{{ var.json.meanmax.%s }}" % name


def documents(condition):
    """The labelled documents of the last `days` days, up to and with the day."""
    return (
        "SELECT id, text, label FROM " + setting("labelled_table")
        + " WHERE day > '{{ macros.ds_add(ds, -var.json.meanmax.days) }}' AND day <= '" + DAY + "'"
        + " AND " + condition
    )


def steps():
    """The steps, each to be run when the one before it has succeeded."""
    work = setting("work") + "/" + DAY
    model = ["--models", setting("models"), "--name", setting("name")]
    version = model + ["--model-version", DAY]
    return [
        Step("extract", [
            "tokenize", "--input-query", documents("NOT " + TEST_DOCUMENT),
            "--set", "tokenizer.kind=" + setting("tokenizer"),
            "--output", work + "/tokens", "--overwrite"], 2),
        Step("vocabulary", [
            "vocabulary", "--tokens", work + "/tokens",
            "--output", work + "/vocabulary", "--overwrite"], 2),
        Step("encode", [
            "encode", "--tokens", work + "/tokens", "--vocabulary", work + "/vocabulary",
            "--output", work + "/encoded", "--overwrite"], 2),
        # Published, but not live. The same data again: nothing is done. Other data: the version is
        # replaced, unless it is live.
        Step("train", [
            "train", "--encoded", work + "/encoded", "--vocabulary", work + "/vocabulary",
            *version, "--keep-current", "--overwrite"], 2),
        Step("evaluate", [
            "evaluate", "--input-query", documents(TEST_DOCUMENT), *version, "--with-current",
            "--output", work + "/evaluation", "--overwrite"], 2),
        # Looks only at what evaluate measured: trying again would change nothing.
        Step("gate", [
            "models", "gate", DAY, *model,
            "--fail-under", "accuracy=" + setting("min_accuracy"),
            "--max-drop", "accuracy=" + setting("max_drop")], 0),
        Step("publish", ["models", "set-current", DAY, *model], 2),
        # By the day's version, not by the live one: the same again when it is run again.
        Step("score", [
            "score", "--input-table", setting("new_table"), "--input-partition", "day=" + DAY,
            *version, "--output", work + "/score",
            "--output-table", setting("predictions_table"), "--output-partition", "day=" + DAY,
            "--overwrite"], 2),
    ]
