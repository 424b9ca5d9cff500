"""What the two DAGs have in common: order, schedule, retries."""

from datetime import datetime, timedelta

from airflow import DAG

try:
    from airflow.providers.standard.operators.latest_only import LatestOnlyOperator
except ImportError:
    from airflow.operators.latest_only import LatestOnlyOperator

from meanmax_steps import steps


def nightly(dag_id, operator):
    """A DAG of the nightly steps; `operator` makes a task of a step and of Airflow's arguments."""
    with DAG(
        dag_id,
        schedule="@daily",
        start_date=datetime(2026, 1, 1),
        catchup=False,
        # Two days at once would be compared with, and published over, one another.
        max_active_runs=1,
        default_args={"retry_delay": timedelta(minutes=5)},
        tags=["meanmax"],
    ) as dag:
        last = None
        for step in steps():
            if step.name == "publish":
                last = after(last, LatestOnlyOperator(task_id="latest_only"))
            # Publishing is skipped in a run of an older day, scoring then is not.
            rule = "none_failed" if step.name == "score" else "all_success"
            last = after(
                last, operator(step, task_id=step.name, retries=step.retries, trigger_rule=rule))
    return dag


def after(before, task):
    if before is not None:
        before >> task
    return task
