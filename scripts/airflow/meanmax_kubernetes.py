"""The nightly DAG by the Spark operator of Kubernetes.

Connection `meanmax_kubernetes` (type Kubernetes) says where.
"""

from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

from meanmax_dag import nightly
from meanmax_steps import setting

VECTOR_API = "--add-modules jdk.incubator.vector"


def application(step):
    """The SparkApplication of a step; the operator adds name and namespace."""
    pod = {"labels": {"app": "meanmax", "step": step.name}, "javaOptions": VECTOR_API}
    return {
        "apiVersion": "sparkoperator.k8s.io/v1beta2",
        "kind": "SparkApplication",
        "metadata": {"name": "meanmax-" + step.name},
        "spec": {
            "type": "Java",
            "mode": "cluster",
            "sparkVersion": "3.5.5",
            "image": setting("image"),
            "mainClass": "io.meanmax.job.cli.Main",
            "mainApplicationFile": setting("jar"),
            "arguments": step.arguments,
            # Trying again is Airflow's business.
            "restartPolicy": {"type": "Never"},
            "driver": {**pod, "cores": 1, "memory": "4g",
                       "serviceAccount": setting("service_account")},
            "executor": {**pod, "cores": 4, "instances": 4, "memory": "8g"},
        },
    }


def submit(step, **arguments):
    return SparkKubernetesOperator(
        kubernetes_conn_id="meanmax_kubernetes",
        namespace=setting("namespace"),
        name="meanmax-" + step.name,
        template_spec={"spark": application(step)},
        **arguments,
    )


dag = nightly("meanmax_kubernetes", submit)
