"""Prints the tasks of a DAG file as JSON, without Airflow: stand-ins take what the file gives them.

usage: tasks_of_dag.py DAG_FILE VARIABLES_JSON DAY

Templates are rendered by Jinja, as Airflow does, and an unknown name in one is an error.
"""

import datetime
import importlib
import json
import os
import sys
import types

import jinja2


class Task:
    """An operator: its arguments, and the tasks before it."""

    def __init__(self, **arguments):
        self.arguments = arguments
        self.upstream = []
        DAG.current.tasks.append(self)

    def __rshift__(self, other):
        other.upstream.append(self.arguments["task_id"])
        return other


class DAG:
    current = None

    def __init__(self, dag_id, **arguments):
        self.dag_id = dag_id
        self.arguments = arguments
        self.tasks = []

    def __enter__(self):
        DAG.current = self
        return self

    def __exit__(self, *_):
        DAG.current = None


def module(name, **content):
    made = types.ModuleType(name)
    made.__dict__.update(content)
    made.__path__ = []
    sys.modules[name] = made


def stand_ins():
    module("airflow", DAG=DAG)
    module("airflow.operators")
    module("airflow.operators.latest_only",
           LatestOnlyOperator=type("LatestOnlyOperator", (Task,), {}))
    module("airflow.providers")
    module("airflow.providers.apache")
    module("airflow.providers.apache.spark")
    module("airflow.providers.apache.spark.operators")
    module("airflow.providers.apache.spark.operators.spark_submit",
           SparkSubmitOperator=type("SparkSubmitOperator", (Task,), {}))
    module("airflow.providers.cncf")
    module("airflow.providers.cncf.kubernetes")
    module("airflow.providers.cncf.kubernetes.operators")
    module("airflow.providers.cncf.kubernetes.operators.spark_kubernetes",
           SparkKubernetesOperator=type("SparkKubernetesOperator", (Task,), {}))


def ds_add(day, days):
    moved = datetime.date.fromisoformat(day) + datetime.timedelta(days=days)
    return moved.isoformat()


def rendered(value, context):
    if isinstance(value, str):
        environment = jinja2.Environment(undefined=jinja2.StrictUndefined)
        return environment.from_string(value).render(context)
    if isinstance(value, dict):
        return {key: rendered(each, context) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [rendered(each, context) for each in value]
    return value


def main(dag_file, variables, day):
    stand_ins()
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(os.path.abspath(dag_file)))
    dag = importlib.import_module(os.path.splitext(os.path.basename(dag_file))[0]).dag
    with open(variables, encoding="utf-8") as file:
        context = {
            "ds": day,
            "var": {"json": json.load(file)},
            "macros": {"ds_add": ds_add},
        }
    json.dump(
        {
            "dag_id": dag.dag_id,
            "arguments": {key: str(value) for key, value in dag.arguments.items()},
            "tasks": [
                {"operator": type(task).__name__, "upstream": task.upstream,
                 **rendered(task.arguments, context)}
                for task in dag.tasks
            ],
        },
        sys.stdout, indent=2)


main(*sys.argv[1:])
