package io.meanmax.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanmax.config.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the scripts give to spark-submit, and what they say when something is missing. */
@Tag("cluster")
class ScriptsIT {
  @TempDir private Path folder;
  private Path home;

  /** How a script ended, and all it said. */
  private record Ended(int status, String said) {}

  /** A Spark installation whose spark-submit notes its arguments. */
  @BeforeEach
  void layOut() throws IOException {
    home = SparkHome.in(folder.resolve("spark-home")).folder();
    Path bin = Files.createDirectory(home.resolve("bin"));
    Path submit =
        Files.writeString(
            bin.resolve("spark-submit"),
            """
            #!/usr/bin/env bash
            printf '%%s\\n' "$@" >"$SPARK_HOME/arguments"
            [ -n "${ONLY_ARGUMENTS:-}" ] || exec java @%s -Xmx512m \
              -cp "$SPARK_HOME/jars/*" org.apache.spark.deploy.SparkSubmit "$@"
            """
                .formatted(Built.ROOT.resolve("conf/java.options")));
    Files.setPosixFilePermissions(submit, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Ended run(Map<String, String> environment, String script, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Built.ROOT.resolve("scripts/" + script).toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(key -> key.matches("(SPARK|HADOOP|YARN|MEANMAX)_.*"));
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), said);
  }

  private List<String> arguments() throws IOException {
    return Files.readAllLines(home.resolve("arguments"));
  }

  @Test
  void meanmax_withSparkHome_submitsTheApplicationJar() throws Exception {
    Path output = folder.resolve("corpus");
    Ended ended =
        run(
            Map.of(
                "SPARK_HOME",
                home.toString(),
                "MEANMAX_SUBMIT_OPTIONS",
                "--conf spark.driver.host=127.0.0.1 --conf spark.ui.enabled=false"),
            "meanmax",
            "generate",
            "--documents",
            "50",
            "--output",
            output.toString(),
            "--master",
            "local[1]");
    assertThat(ended.status()).as(ended.said()).isZero();
    assertThat(output.resolve("_SUCCESS")).exists();
    assertThat(arguments())
        .contains(Built.applicationJar().toString())
        .contains("spark.executor.defaultJavaOptions=--add-modules=jdk.incubator.vector")
        .doesNotContain("--jars");
  }

  @Test
  void submitYarn_putsItsOwnSettingsBeforeTheUsers_andTheCommandLast() throws Exception {
    Ended ended =
        run(
            Map.of(
                "SPARK_HOME", home.toString(), "HADOOP_CONF_DIR", "/etc", "ONLY_ARGUMENTS", "yes"),
            "submit-yarn",
            "--executor-memory",
            "9g",
            "--",
            "models",
            "list",
            "--models",
            "hdfs:///a folder");
    assertThat(ended.status()).as(ended.said()).isZero();
    assertThat(arguments())
        .containsSubsequence(
            "--class",
            "io.meanmax.job.cli.Main",
            "--conf",
            "spark.submit.deployMode=cluster",
            "--conf",
            "spark.driver.defaultJavaOptions=--add-modules=jdk.incubator.vector",
            "--master",
            "yarn",
            "--executor-memory",
            "9g",
            Built.applicationJar().toString(),
            "models",
            "list",
            "--models",
            "hdfs:///a folder");
  }

  @Test
  void submitYarn_saysWhatIsMissing() throws Exception {
    Map<String, String> hadoop = Map.of("HADOOP_CONF_DIR", "/etc");
    assertThat(run(hadoop, "submit-yarn", "--", "run"))
        .isEqualTo(
            new Ended(
                2, "submit-yarn: SPARK_HOME is not set. Set it to a Spark 3.5 for Scala 2.12\n"));
    assertThat(
            run(
                Map.of("HADOOP_CONF_DIR", "/etc", "SPARK_HOME", "/nowhere"),
                "submit-yarn",
                "--",
                "run"))
        .isEqualTo(new Ended(2, "submit-yarn: no bin/spark-submit in SPARK_HOME, /nowhere\n"));
    assertThat(run(Map.of(), "submit-yarn", "--", "run").said())
        .startsWith("submit-yarn: HADOOP_CONF_DIR is not set");
    assertThat(run(hadoop, "submit-yarn", "run").said())
        .startsWith("submit-yarn: no command. Give it after the options and --");
    assertThat(run(Map.of(), "submit-yarn", "--help").said()).startsWith("usage: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark.authenticate.secret",
        "spark.hadoop.fs.s3a.access.key",
        "spark.hadoop.fs.s3a.secret.key",
        "spark.hadoop.fs.s3a.bucket.logs.SECRET.KEY",
        "spark.hadoop.fs.s3a.session.token",
        "spark.hadoop.fs.s3a.encryption.key",
        "spark.hadoop.fs.oss.accessKeySecret",
        "spark.hadoop.fs.azure.account.key.store.dfs.core.windows.net",
        "spark.hadoop.fs.azure.account.oauth2.client.secret.store.dfs.core.windows.net",
        "spark.hadoop.fs.azure.account.oauth2.refresh.token.store.dfs.core.windows.net",
        "spark.hadoop.fs.azure.sas.box.store.blob.core.windows.net",
        "spark.hadoop.fs.azure.sas.fixed.token",
        "spark.hadoop.google.cloud.auth.service.account.private.key",
        "spark.hadoop.fs.adl.oauth2.credential",
        "spark.hadoop.javax.jdo.option.ConnectionPassword",
        "spark.kubernetes.authenticate.submission.oauthToken",
        "spark.kubernetes.driverEnv.AWS_SECRET_ACCESS_KEY",
        "spark.kubernetes.driver.secretKeyRef.S3_SECRET_KEY",
        "spark.executorEnv.GITHUB_TOKEN",
        "spark.ssl.keyStorePassword",
        "spark.hadoop.my.token.provider.password",
        "spark.hadoop.my.key.provider.secret",
        "spark.\"my.token\""
      })
  void submitKubernetes_refusesASecret(String name) throws Exception {
    String setting = name + "=h1dden";
    Ended refused =
        new Ended(
            2,
            "submit-kubernetes: "
                + name
                + " would stand in plain text in the cluster. Keep it in a Kubernetes secret;"
                + " --help says how to name it\n");
    assertThat(submitKubernetes(List.of("--conf", setting), List.of())).isEqualTo(refused);
    assertThat(submitKubernetes(List.of(), List.of("--set", setting))).isEqualTo(refused);
  }

  /** They hold the name of a secret, a file, a class, a number or a switch. */
  @Test
  void submitKubernetes_takesSettingsThatAreOnlyCalledLikeSecrets() throws Exception {
    List<String> settings =
        List.of(
            "spark.authenticate.secret.file=/etc/spark/secret",
            "spark.authenticate.secret.driver.file=/etc/spark/secret",
            "spark.authenticate.secretBitLength=256",
            "spark.io.encryption.keySizeBits=256",
            "spark.io.encryption.keygen.algorithm=HmacSHA256",
            "spark.kerberos.renewal.credentials=ccache",
            "spark.security.credentials.hive.enabled=false",
            "spark.security.credentials.renewalRatio=0.7",
            "spark.security.credentials.retryWait=30m",
            "spark.kubernetes.authenticate.driver.mounted.oauthTokenFile=/etc/token",
            "spark.kubernetes.authenticate.submission.oauthTokenFile=/etc/token",
            "spark.kubernetes.container.image.pullSecrets=registry",
            "spark.kubernetes.driver.secretKeyRef.S3_SECRET_KEY=s3:secret-key",
            "spark.kubernetes.driver.secrets.hadoop-token=/etc/hadoop-token",
            "spark.kubernetes.executor.volumes.hostPath.credentials.mount.readOnly=true",
            "spark.kubernetes.kerberos.tokenSecret.itemKey=token",
            "spark.kubernetes.kerberos.tokenSecret.name=tokens",
            "spark.hadoop.hadoop.security.credential.clear-text-fallback=false",
            "spark.hadoop.hadoop.security.credential.provider.path=jceks://hdfs@nn/s3.jceks",
            "spark.hadoop.hadoop.security.credstore.java-keystore-provider.password-file=pin",
            "spark.hadoop.fs.s3a.aws.credentials.provider=my.Provider",
            "spark.hadoop.fs.s3a.bucket.logs.aws.credentials.provider=my.Provider",
            "spark.hadoop.fs.s3a.delegation.token.binding=my.Binding",
            "spark.hadoop.fs.s3a.encryption.key=arn:aws:kms:eu-west-1:1:key/2",
            "spark.hadoop.fs.s3a.server-side-encryption.key=arn:aws:kms:eu-west-1:1:key/2",
            "spark.hadoop.fs.azure.account.oauth2.refresh.token.endpoint=https://login.example.com",
            "spark.kubernetes.driver.annotation.vault/agent-inject-secret-db=db/creds",
            "spark.hadoop.fs.s3a.security.credential.provider.path=jceks://hdfs@nn/s3.jceks",
            "spark.hadoop.fs.azure.account.keyprovider.store.dfs.core.windows.net=my.Provider",
            "spark.hadoop.fs.azure.account.oauth2.token.file=/etc/token",
            "spark.hadoop.fs.azure.sas.token.provider.type.store.dfs.core.windows.net=my.Type",
            "spark.hadoop.fs.gs.auth.access.token.provider.impl=my.Provider",
            "spark.executorEnv.AWS_WEB_IDENTITY_TOKEN_FILE=/etc/token");
    List<String> options = new ArrayList<>();
    List<String> sets = new ArrayList<>(List.of("--set", "encode.max-tokens=500"));
    for (String setting : settings) {
      options.addAll(List.of("--conf", setting));
      sets.add("--set=" + setting);
    }
    assertThat(submitKubernetes(options, List.of()).said()).startsWith("submit-kubernetes: driver");
    assertThat(arguments()).containsAll(settings);
    List<String> references = List.of("secretKeyRef", "driver.secrets");
    sets.removeIf(set -> references.stream().anyMatch(set::contains));
    assertThat(submitKubernetes(List.of(), sets).said()).startsWith("submit-kubernetes: driver");
    assertThat(arguments()).containsAll(sets);
  }

  @Test
  void submitKubernetes_knowsTheNamesThatTheJobsHide() throws IOException {
    assertThat(Built.ROOT.resolve("scripts/submit-kubernetes"))
        .content()
        .contains("='" + Secrets.NAMES + "|token$'\n");
  }

  /** Ends once the stand-in for spark-submit has its arguments. */
  private Ended submitKubernetes(List<String> options, List<String> arguments) throws Exception {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--master",
                "k8s://https://host:6443",
                "--conf",
                "spark.kubernetes.container.image=meanmax:1",
                "--conf",
                "spark.kubernetes.submission.waitAppCompletion=false"));
    all.addAll(options);
    all.addAll(List.of("--", "run"));
    all.addAll(arguments);
    return run(
        Map.of("SPARK_HOME", home.toString(), "ONLY_ARGUMENTS", "yes"),
        "submit-kubernetes",
        all.toArray(String[]::new));
  }

  @Test
  void classArchive_isWhatMeanmaxStartsFrom_andOneOfOtherJarsIsPassedOver() throws Exception {
    Ended made = run(Map.of(), "class-archive");
    assertThat(made.status()).as(made.said()).isZero();
    Path archive = Path.of(made.said().strip());
    Map<String, String> tracing = Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:stderr");
    assertThat(run(tracing, "meanmax", "--version").said())
        .containsPattern("io.meanmax.job.cli.Main source: shared objects file");
    Files.writeString(archive.resolveSibling("app/other.jar"), "");
    try {
      Ended passedOver = run(tracing, "meanmax", "--version");
      assertThat(passedOver.status()).isZero();
      assertThat(passedOver.said())
          .containsPattern("io.meanmax.job.cli.Main source: file:")
          .doesNotContain("[cds]");
    } finally {
      Files.delete(archive.resolveSibling("app/other.jar"));
      Files.delete(archive);
    }
  }

  @Test
  void javaOptions_areThoseOfTheTests() throws IOException {
    List<String> options =
        Files.readAllLines(Built.ROOT.resolve("conf/java.options")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();
    List<String> expected = new ArrayList<>(Built.opens());
    expected.add("--add-modules=jdk.incubator.vector");
    assertThat(options).containsExactlyElementsOf(expected);
  }
}
