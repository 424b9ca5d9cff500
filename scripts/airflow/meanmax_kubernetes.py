"""The nightly DAG by the Spark operator of Kubernetes.

Connection `meanmax_kubernetes` (type Kubernetes) says where. Accounts, sizes, settings, volumes and
security contexts are those of spark-application.yaml beside this file, a copy of conf/kubernetes'.
"""

from pathlib import Path

import yaml
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

from meanmax_dag import nightly
from meanmax_steps import setting

MANIFEST = Path(__file__).with_name("spark-application.yaml")

# Where the manifest mounts the config map with the job's settings.
SETTINGS = ["--config", "/etc/meanmax/meanmax.conf"]


def manifest():
    try:
        return yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(
            "No %s. Copy conf/kubernetes/spark-application.yaml there" % MANIFEST) from None


def application(step):
    """The manifest as the application of a step; the operator sets name and namespace."""
    made = manifest()
    spec = made["spec"]
    spec["image"] = setting("image")
    spec["arguments"] = step.arguments + SETTINGS
    # Trying again is Airflow's business.
    spec["restartPolicy"] = {"type": "Never"}
    for pod in spec["driver"], spec["executor"]:
        pod["labels"] = {**pod.get("labels", {}), "app": "meanmax", "step": step.name}
    return made


def submit(step, **arguments):
    return SparkKubernetesOperator(
        kubernetes_conn_id="meanmax_kubernetes",
        namespace=setting("namespace"),
        name="meanmax-" + step.name,
        template_spec={"spark": application(step)},
        **arguments,
    )


dag = nightly("meanmax_kubernetes", submit)
