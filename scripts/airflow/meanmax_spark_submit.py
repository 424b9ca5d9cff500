"""The nightly DAG by spark-submit, for instance on YARN.

Connection `meanmax_spark` (type Spark) says where: host `yarn`, extra {"deploy-mode": "cluster"}.
"""

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

from meanmax_dag import nightly
from meanmax_steps import setting

VECTOR_API = "--add-modules jdk.incubator.vector"


def submit(step, **arguments):
    return SparkSubmitOperator(
        conn_id="meanmax_spark",
        name="meanmax " + step.name + " {{ ds }}",
        application=setting("jar"),
        java_class="io.meanmax.job.cli.Main",
        application_args=step.arguments,
        conf={
            "spark.driver.defaultJavaOptions": VECTOR_API,
            "spark.executor.defaultJavaOptions": VECTOR_API,
            # Trying again is Airflow's business.
            "spark.yarn.maxAppAttempts": "1",
        },
        **arguments,
    )


dag = nightly("meanmax_spark_submit", submit)
