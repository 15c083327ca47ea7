using Workerd = import "/workerd/workerd.capnp";

# The worker has no compatibility with Node: the facade must not need it.
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.js")],
  bindings = [(name = "ISSUER", text = embed "issuer.txt")],
  compatibilityDate = "2025-09-01",
);
