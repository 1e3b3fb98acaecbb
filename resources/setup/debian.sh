# Shared by ./run and ./test: finds out what is missing on this Debian and installs it.
# Sourced by bash; does nothing by itself.

build_packages="g++ cmake ninja-build pkg-config ccache mold qt6-base-dev qt6-svg-dev qt6-qpa-plugins
  libqcustomplot-dev libopencv-core-dev libopencv-imgproc-dev libopencv-imgcodecs-dev
  libopencv-video-dev libopencv-videoio-dev libopencv-dnn-dev libcurl4-openssl-dev libsvm-dev
  libxgboost-dev libpaho-mqtt-dev libpaho-mqttpp-dev libssl-dev libsqlite3-dev
  nlohmann-json3-dev libfftw3-dev libsndfile1-dev libarchive-dev libpugixml-dev libsamplerate0-dev
  portaudio19-dev zlib1g-dev mosquitto fonts-inter fonts-dejavu-core"
test_packages="libgtest-dev python3 python3-numpy openssl iproute2 procps pulseaudio pulseaudio-utils
  libasound2-plugins"
# Not among them, for they bring a whole desktop (175 MB): python3-gi, gir1.2-gst-rtsp-server-1.0 and
# gstreamer1.0-plugins-good. Without them the loop of the RTSP camera says that it is left out.

say() { printf '%s\n' "$*" >&2; }

# is_debian: true on Debian 12 and up.
is_debian() {
  [ -r /etc/os-release ] || return 1
  local id version
  id=$(. /etc/os-release && printf '%s' "${ID:-}")
  version=$(. /etc/os-release && printf '%s' "${VERSION_ID:-99}")
  [ "$id" = debian ] && [ "${version%%.*}" -ge 12 ] 2>/dev/null
}

# missing PACKAGE...: those that are not installed, in one line.
missing() {
  local have
  have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p')
  local package
  for package in "$@"; do
    printf '%s\n' "$have" | grep -qxF -- "$package" || printf '%s ' "$package"
  done
}

# need PACKAGE...: installs what is missing, as root or with sudo, or says what to install.
need() {
  if ! is_debian; then
    [ -n "${MIMOSA_SKIP_PACKAGES:-}" ] && return 0
    say "This is not Debian 12 or newer, so I do not install anything by myself."
    say "Mimosa needs what these Debian packages hold: $(printf '%s ' "$@")"
    say "When they are there, start again with MIMOSA_SKIP_PACKAGES=1."
    return 1
  fi
  local lack as_root=()
  lack=$(missing "$@")
  [ -n "$lack" ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Packages are missing and I may not install them. As root: apt-get install --no-install-recommends $lack"
      return 1
    fi
    as_root=(sudo)
  fi
  say "Installing: $lack"
  local log
  log=$(mktemp)
  if ! { "${as_root[@]}" apt-get update -q &&
         "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $lack; } \
       >"$log" 2>&1; then
    tail -n 15 "$log" >&2
    say "The packages could not be installed; the lines above say why."
    rm -f "$log"
    return 1
  fi
  rm -f "$log"
}

# build PRESET TARGET...: configures once, then builds; quiet where nothing is to do.
build() {
  local preset=$1 log
  shift
  log=$(mktemp)
  if [ ! -f "build/$preset/build.ninja" ]; then
    say "Preparing the build ($preset)."
    if ! cmake --preset "$preset" >"$log" 2>&1; then
      tail -n 30 "$log" >&2
      rm -f "$log" "build/$preset/build.ninja" "build/$preset/CMakeCache.txt"
      return 1
    fi
  fi
  rm -f "$log"
  if ! cmake --build --preset "$preset" -- -n "$@" 2>/dev/null | grep -q 'no work to do'; then
    say "Building ($preset). The first time takes some minutes."
    cmake --build --preset "$preset" -- "$@" >&2 || return 1
  fi
}
