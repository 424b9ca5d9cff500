package io.meanmax.benchmark;

/**
 * A setting in which a system is measured.
 *
 * @param corpus documents
 * @param dimension length of a word vector, or null where there is none
 * @param threads how many threads
 * @param network the network, or null where there is none
 */
record Cell(Corpus corpus, Integer dimension, int threads, Network network) {

  /** The same for a system that has no word vectors. */
  Cell withoutVectors() {
    return new Cell(corpus, null, threads, null);
  }

  /** The same for a system that has this network only. */
  Cell with(Network only) {
    return new Cell(corpus, dimension, threads, only);
  }

  /** The pooling, or null where there is none. */
  String pooling() {
    return network == null ? null : network.pooling();
  }

  @Override
  public String toString() {
    return corpus.name()
        + ", "
        + corpus.labels()
        + " labels"
        + (dimension == null ? "" : ", d=" + dimension)
        + ", "
        + threads
        + (threads == 1 ? " thread" : " threads")
        + (network == null ? "" : ", " + network.pooling());
  }
}
