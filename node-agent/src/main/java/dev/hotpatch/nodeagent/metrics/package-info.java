/** Numbers of the node-agent in Prometheus' text format, and its health, over HTTP on loopback. */
@NullMarked
package dev.hotpatch.nodeagent.metrics;

import org.jspecify.annotations.NullMarked;
