package io.meanmax.job.train.dl4j;

import io.meanmax.job.runtime.JobException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The GPU that a task computes on: the one whose address Spark gave it. Where Spark gave it none,
 * ND4J's own choice stands.
 */
final class TaskDevice {
  private static final Logger log = LoggerFactory.getLogger(TaskDevice.class);
  private static final String GPU = "gpu";
  private static final AtomicBoolean TOLD = new AtomicBoolean();

  private TaskDevice() {}

  /**
   * Makes this thread compute on its task's GPU. To be called before the task touches ND4J.
   *
   * @throws JobException if Spark's address is no device of this machine
   */
  static void select() {
    TaskContext task = TaskContext.get();
    ResourceInformation given = task == null ? null : task.resourcesJMap().get(GPU);
    if (given == null) {
      return;
    }
    List<String> addresses = List.of(given.addresses());
    log.info("Task {} was given GPU {}", task.partitionId(), addresses);
    if (Nd4j.getEnvironment().isCPU()) {
      if (TOLD.compareAndSet(false, true)) {
        log.warn("GPUs stay idle: this build computes on the CPU. Build with -Pcuda");
      }
      return;
    }
    AffinityManager devices = Nd4j.getAffinityManager();
    int device = device(addresses, devices.getNumberOfDevices());
    if (devices.getNumberOfDevices() > 1) {
      devices.unsafeSetDevice(device);
    }
  }

  /**
   * The number of a task's only GPU.
   *
   * @param addresses that Spark gave
   * @param devices how many ND4J sees
   */
  static int device(List<String> addresses, int devices) {
    if (addresses.size() != 1) {
      throw new JobException(
          "A task computes on one GPU, and Spark gave it %s: set spark.task.resource.gpu.amount to 1"
              .formatted(addresses));
    }
    String address = addresses.get(0);
    int device;
    try {
      device = Integer.parseInt(address.strip());
    } catch (NumberFormatException e) {
      throw new JobException(
          ("The address of a GPU must be its number from 0, and Spark gave '%s': mend the script of"
                  + " spark.executor.resource.gpu.discoveryScript (spark.worker.resource.gpu… on a"
                  + " standalone cluster)")
              .formatted(address),
          e);
    }
    if (device < 0 || device >= devices) {
      throw new JobException(
          ("Spark gave GPU %d, and ND4J sees %d here, from number 0: mend the discovery script, or"
                  + " look at CUDA_VISIBLE_DEVICES")
              .formatted(device, devices));
    }
    return device;
  }
}
