#!/bin/sh
# Renders a three-minute song with words and an instrumental with busker, then plays the instrumental's MIDI file with
# fluidsynth and encodes that with lame, and prints wall seconds, user CPU seconds and memory for each, in the same run on
# the same machine. What singing adds stands in the stages of the first: "singing".
# Debian: apt install fluidsynth fluid-soundfont-gm lame time
#
#   docs/benchmarks/render.sh [RUNS] [BUSKER]
set -eu

runs=${1:-5}
busker=${2:-target/release/busker}
soundfont=${SOUNDFONT:-/usr/share/sounds/sf2/FluidR3_GM.sf2}
prompt=${PROMPT:-"pop, 120 BPM, C major"}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

measure() {
    name=$1
    shift
    /usr/bin/time -f "$name: %e s wall, %U s user, %S s system, %M KB" "$@" >/dev/null 2>"$folder/said" ||
        { cat "$folder/said" >&2; exit 1; }
    grep '^seconds: ' "$folder/said" || true
    tail -n 1 "$folder/said"
}

echo "load average before: $(cut -d' ' -f1-3 /proc/loadavg)"
for run in $(seq "$runs"); do
    echo "run $run"
    measure "busker, sung" "$busker" render --prompt "$prompt" --write-lyrics --duration 180 --seed 1 \
        --output "$folder/sung.mp3"
    measure "busker, instrumental" "$busker" render --prompt "$prompt" --instrumental --duration 180 --seed 1 \
        --midi "$folder/song.mid" --output "$folder/busker.mp3"
    measure fluidsynth fluidsynth -ni -F "$folder/song.wav" -r 44100 "$soundfont" "$folder/song.mid"
    measure lame lame --quiet -b 256 "$folder/song.wav" "$folder/fluidsynth.mp3"
done
echo "load average after: $(cut -d' ' -f1-3 /proc/loadavg)"
