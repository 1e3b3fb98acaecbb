#pragma once
// What a computer can find out about itself and where it stands: whether it has a graphics
// processor, and whether it is on the same network as the broker. What cannot be found out stays
// unknown.

#include <filesystem>
#include <optional>
#include <string>

namespace app {

/// Whether a graphics processor that computes is there, by the system's list of devices; virtual
/// ones do not count. Nothing where the system has no such list. `sys`: "/sys" but in tests.
std::optional<bool> hasGpu(const std::filesystem::path& sys = "/sys");

/// Whether this computer reaches `host` without leaving its own network: true on the same computer
/// or an attached private network, false where `host` is out on the internet. Nothing where that
/// cannot be told: tunnels, private networks behind others, names that are not known. May ask the
/// name service.
std::optional<bool> isNear(const std::string& host);

/// The words of `Info::place`: "near" and "far" were measured from the broker, "house" and
/// "elsewhere" are a person's; empty: unknown. `benchNear`: of the workbench itself.
std::optional<bool> inHouse(const std::string& place, std::optional<bool> benchNear);

}  // namespace app
