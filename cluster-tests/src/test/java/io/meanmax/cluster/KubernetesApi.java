package io.meanmax.cluster;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import java.net.Socket;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/**
 * A stand-in for the Kubernetes API server: it keeps what it is given and tells watchers of it, and
 * remembers all that was asked. Nothing is scheduled; the tests say what becomes of a pod.
 */
final class KubernetesApi implements AutoCloseable {
  /** The namespace of the manifests. */
  static final String NAMESPACE = "meanmax";

  /** Kept, for a logger that nobody holds forgets its level. */
  private static final Logger SERVER_LOG = Logger.getLogger(MockWebServer.class.getName());

  /** What the tests' own requests are told apart by. */
  private static final String OURSELVES = "tests";

  private final Requests requests = new Requests();
  private final KubernetesMockServer server;
  private final KubernetesClient client;

  private KubernetesApi() {
    SERVER_LOG.setLevel(Level.OFF);
    server =
        new KubernetesMockServer(
            new Context(), new MockWebServer(), new HashMap<>(), requests, false);
    server.init();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder().withMasterUrl(server.url("/")).withUserAgent(OURSELVES).build())
            .build();
  }

  static KubernetesApi start() {
    return new KubernetesApi();
  }

  /** What {@code --master} takes. */
  String master() {
    return "k8s://http://127.0.0.1:" + server.getPort();
  }

  List<Pod> pods(String role) {
    return client.pods().inNamespace(NAMESPACE).withLabel("spark-role", role).list().getItems();
  }

  List<ConfigMap> configMaps() {
    return client.configMaps().inNamespace(NAMESPACE).list().getItems();
  }

  /** All bodies that the server was ever sent, one after another. */
  String received() {
    return String.join("\n", requests.bodies);
  }

  /** What was asked so far, in the words of a role: {@code "pods: create"}. */
  Set<String> rightsUsed() {
    return new TreeSet<>(requests.rights);
  }

  void create(Pod pod) {
    client.pods().inNamespace(NAMESPACE).resource(pod).create();
  }

  /** Says that the kubelet has started a pod. */
  void running(Pod pod) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(pod.getMetadata().getName())
        .edit(
            now ->
                new PodBuilder(now)
                    .editOrNewStatus()
                    .withPhase("Running")
                    .withPodIP("127.0.0.1")
                    .endStatus()
                    .build());
  }

  /** Says that a pod's container has ended. */
  void ended(Pod pod, int exitCode) {
    client
        .pods()
        .inNamespace(NAMESPACE)
        .withName(pod.getMetadata().getName())
        .edit(
            now ->
                new PodBuilder(now)
                    .editOrNewStatus()
                    .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                    .withContainerStatuses(
                        new ContainerStatusBuilder()
                            .withName(now.getSpec().getContainers().get(0).getName())
                            .withNewState()
                            .withNewTerminated()
                            .withExitCode(exitCode)
                            .withReason(exitCode == 0 ? "Completed" : "Error")
                            .endTerminated()
                            .endState()
                            .build())
                    .endStatus()
                    .build());
  }

  @Override
  public void close() {
    client.close();
    server.destroy();
  }

  /** The server's answers: fabric8's own, but for two things that it does not do. */
  private static final class Requests extends KubernetesCrudDispatcher {
    private static final Pattern PATH =
        Pattern.compile("/api/v1/namespaces/[^/?]+/([^/?]+)(?:/([^/?]+))?(?:\\?(.*))?");

    private final Queue<String> rights = new ConcurrentLinkedQueue<>();
    private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

    @Override
    public MockResponse dispatch(RecordedRequest request) {
      if (!OURSELVES.equals(request.getHeader("User-Agent"))) {
        remember(request);
      }
      Matcher path = PATH.matcher(request.getPath());
      if (!path.matches()) {
        return super.dispatch(request);
      }
      boolean pods = path.group(1).equals("pods");
      if (request.getMethod().equals("POST") && pods && path.group(2) == null) {
        return super.dispatch(as("POST", request.getPath(), pending(request.getBody()), request));
      }
      String type = String.valueOf(request.getHeader("Content-Type"));
      if (request.getMethod().equals("PATCH") && type.startsWith("application/apply-patch")) {
        return apply(request);
      }
      return super.dispatch(request);
    }

    /** A server gives a new pod a phase; Spark relies on it. */
    private static Buffer pending(Buffer body) {
      Pod pod = Serialization.unmarshal(body.inputStream(), Pod.class);
      if (pod.getStatus() == null || pod.getStatus().getPhase() == null) {
        pod = new PodBuilder(pod).editOrNewStatus().withPhase("Pending").endStatus().build();
      }
      return new Buffer().writeUtf8(Serialization.asJson(pod));
    }

    /** Server-side apply: create it, or replace it. */
    private MockResponse apply(RecordedRequest request) {
      String object = request.getPath().replaceFirst("\\?.*", "");
      String folder = object.substring(0, object.lastIndexOf('/'));
      boolean isThere = handleGet(object).getStatus().contains(" 200 ");
      return super.dispatch(
          isThere
              ? as("PUT", object, request.getBody(), request)
              : as("POST", folder, request.getBody(), request));
    }

    private static RecordedRequest as(
        String method, String path, Buffer body, RecordedRequest request) {
      return new RecordedRequest(
          method + " " + path + " HTTP/1.1",
          request.getHeaders(),
          request.getChunkSizes(),
          body.size(),
          body,
          request.getSequenceNumber(),
          new Socket());
    }

    private void remember(RecordedRequest request) {
      Matcher path = PATH.matcher(request.getPath());
      rights.add(
          path.matches()
              ? path.group(1) + ": " + verb(request.getMethod(), path)
              : request.getMethod() + " " + request.getPath());
      bodies.add(request.getBody().clone().readUtf8());
    }

    private static String verb(String method, Matcher path) {
      boolean one = path.group(2) != null;
      boolean watch = String.valueOf(path.group(3)).contains("watch=true");
      return switch (method) {
        case "GET" -> watch ? "watch" : one ? "get" : "list";
        case "DELETE" -> one ? "delete" : "deletecollection";
        case "POST" -> "create";
        case "PUT" -> "update";
        case "PATCH" -> "patch";
        default -> throw new IllegalArgumentException(method);
      };
    }
  }
}
