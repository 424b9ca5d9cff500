/**
 * The application jar on real clusters of several processes on this machine: what runs, and what
 * happens when something dies.
 */
package io.meanmax.cluster;
