/// What stands around the program: containers, manifests, dashboards and the guide to its settings.
///
/// **Decision: they are read here as strictly as their readers would.** Nobody can run Kubernetes or
/// Grafana in every checkout, and a field that is spelled wrongly is silently ignored there.
///
/// **Given up:** that images can be pulled and pods scheduled is seen only where they run.
@NullMarked
package dev.serin.server.deploy;

import org.jspecify.annotations.NullMarked;
