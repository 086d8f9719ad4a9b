"""The values for Kubernetes: names that the chart's schema has, and the same rights as on one server."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.folders import course_folder
from dateline.hub.service import COLLECT

FOLDER = course_folder() / "deploy" / "kubernetes"
KNOWN = {
    "": "hub proxy singleuser scheduling ingress prePuller custom cull debug rbac global",
    "hub": "activeServerLimit allowNamedServers concurrentSpawnLimit config consecutiveFailureLimit db extraConfig "
    "extraEnv loadRoles services",
    "hub.db": "type pvc upgrade url password",
    "hub.db.pvc": "annotations selector storage accessModes storageClassName subPath",
    "proxy": "chp secretToken service https traefik labels annotations deploymentStrategy secretSync",
    "singleuser": "networkPolicy podNameTemplate cpu memory image initContainers profileList extraFiles extraEnv nodeSelector "
    "cloudMetadata cmd defaultUrl events extraLabels extraPodConfig fsGid lifecycleHooks networkTools "
    "startTimeout storage allowPrivilegeEscalation uid",
    "singleuser.memory": "limit guarantee",
    "singleuser.cpu": "limit guarantee",
    "singleuser.storage": "capacity dynamic extraLabels extraVolumeMounts extraVolumes homeMountPath static type",
    "singleuser.cloudMetadata": "blockWithIptables ip",
    "singleuser.networkPolicy.egressAllowRules": "cloudMetadataServer dnsPortsCloudMetadataServer dnsPortsKubeSystemNamespace "
    "dnsPortsPrivateIPs nonPrivateIPs privateIPs",
    "prePuller": "revisionHistoryLimit labels annotations resources extraTolerations hook continuous extraImages pause",
    "prePuller.hook": "enabled pullOnlyOnChanges podSchedulingWaitDuration nodeSelector tolerations image resources serviceAccount",
    "prePuller.continuous": "enabled",
    "scheduling": "userScheduler podPriority userPlaceholder corePods userPods",
    "scheduling.userScheduler": "enabled revisionHistoryLimit replicas image pdb nodeSelector tolerations labels annotations logLevel",
    "scheduling.podPriority": "enabled globalDefault defaultPriority imagePullerPriority userPlaceholderPriority",
    "scheduling.userPlaceholder": "enabled image revisionHistoryLimit replicas labels annotations resources",
    "cull": "enabled users adminUsers removeNamedServers timeout every concurrency maxAge",
}
"""Names of values that the chart's schema (values.schema.yaml, read on 25 November 2026 at its commit 02dd73d) allows, by their place."""


def values() -> dict[str, Any]:
    return dict(yaml.safe_load((FOLDER / "values.yaml").read_text(encoding="utf-8")))


def at(place: str) -> Any:
    found: Any = values()
    for name in filter(None, place.split(".")):
        found = found[name]
    return found


@pytest.mark.parametrize("place", KNOWN)
def test_every_value_has_a_name_that_the_chart_knows(place: str) -> None:
    assert set(at(place)) <= set(KNOWN[place].split())


def test_a_learners_token_may_do_what_it_may_on_one_server() -> None:
    hub = at("hub")
    config: dict[str, Any] = {}

    class Section:
        def __setattr__(self, name: str, value: Any) -> None:
            config[name] = value

    exec(hub["extraConfig"]["handing-in.py"], {"c": type("C", (), {"JupyterHub": Section(), "KubeSpawner": Section()})()})
    assert config["server_token_scopes"] == ["users:activity!user", "access:servers!server", "access:services!service=handin"]
    assert set(config["custom_scopes"]) == {COLLECT}
    assert hub["loadRoles"]["user"] == {"scopes": ["self", "access:services!service=handin"]}
    assert hub["loadRoles"]["collector"] == {"scopes": ["access:services!service=handin", COLLECT], "services": ["teacher"]}
    assert set(hub["services"]) == {"handin", "teacher"}


def test_a_learners_server_reaches_the_service_and_no_internet() -> None:
    parts = {part["kind"]: part for part in yaml.safe_load_all((FOLDER / "hand-in.yaml").read_text(encoding="utf-8"))}
    container = parts["Deployment"]["spec"]["template"]["spec"]["containers"][0]
    said = {one["name"]: one["value"] for one in container["env"]}
    port = parts["Service"]["spec"]["ports"][0]["port"]
    name = parts["Service"]["metadata"]["name"]
    prefix = said["JUPYTERHUB_SERVICE_PREFIX"].rstrip("/")
    assert at("singleuser.extraEnv.DATELINE_HANDIN") == f"http://{name}:{port}{prefix}"
    assert at("hub.services.handin.url") == f"http://{name}:{port}"
    assert said["JUPYTERHUB_SERVICE_URL"].endswith(f":{port}")
    assert at("singleuser.networkPolicy.egress")[0]["to"][0]["podSelector"]["matchLabels"] == parts["Deployment"]["metadata"]["labels"]
    assert set(at("singleuser.networkPolicy.egressAllowRules").values()) == {False}
    assert container["command"] == ["python", "-m", "dateline.hub"]
    assert Path(said["DATELINE_INBOX"]).parent == Path("/inbox/own")
    assert parts["Deployment"]["spec"]["replicas"] == 1
