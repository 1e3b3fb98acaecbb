#!/usr/bin/env python3
"""Log-mel patch by its formula alone, with NumPy, in double precision.

Reads rate, channels and float32 samples [rows x channels] from standard input, writes the patch
[frames x 64] as float64 to standard output. 25 ms frames every 10 ms, periodic Hann window,
magnitude of the next larger power-of-two transform, 64 triangles from 125 to 7500 Hz even in
mel = 1127 ln(1 + f / 700), ln(sum + 0.01).
"""
import sys

import numpy as np


def mel(hertz):
    return 1127 * np.log(1 + np.asarray(hertz, dtype=float) / 700)


def nearest(x):
    return int(np.floor(x + 0.5))


def log_mel(sound, rate):
    frame = nearest(0.025 * rate)
    size = 1 << int(np.ceil(np.log2(frame)))
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(frame) / frame)
    edges = np.linspace(mel(125), mel(7500), 66)
    bins = mel(np.arange(size // 2 + 1) * rate / size)
    rise = (bins[None, :] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    fall = (edges[2:, None] - bins[None, :]) / (edges[2:] - edges[1:-1])[:, None]
    weights = np.maximum(0, np.minimum(rise, fall))
    weights[:, 0] = 0
    count = int(np.floor((len(sound) / rate - 0.025) / 0.010 + 1e-6)) + 1
    # At rates that do not divide evenly the last frame ends with the sound.
    starts = [min(nearest(i * 0.010 * rate), len(sound) - frame) for i in range(count)]
    frames = np.stack([sound[s:s + frame] for s in starts]) * window
    return np.log(np.abs(np.fft.rfft(frames, size)) @ weights.T + 0.01)


def main():
    rate, channels = np.frombuffer(sys.stdin.buffer.read(16), dtype=np.float64)
    samples = np.frombuffer(sys.stdin.buffer.read(), dtype=np.float32).astype(float)
    sound = samples.reshape(-1, int(channels)).mean(axis=1)
    sys.stdout.buffer.write(log_mel(sound, rate).astype(np.float64).tobytes())


if __name__ == "__main__":
    main()
