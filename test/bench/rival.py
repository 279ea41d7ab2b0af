"""PyTorch: nn.LSTM in float32 on one thread, without torch.compile. A line of JSON with the sizes in, a line with the times out."""

import json
import sys
import time

import torch

torch.set_num_threads(1)


def milliseconds(work):
    """The median of five measurements of at least 8 ms, after 60 ms of warming up: as answer.js does."""

    def once(times):
        begin = time.perf_counter()
        for _ in range(times):
            work()
        return (time.perf_counter() - begin) * 1000 / times

    begin = time.perf_counter()
    while True:
        once(1)
        if time.perf_counter() - begin >= 0.06:
            break
    times = max(1, int(-(-8 // once(1))))
    return sorted(once(times) for _ in range(5))[2]


def works(hidden, input, steps, batch):
    lstm = torch.nn.LSTM(input, hidden)
    x = torch.randn(steps, batch, input, requires_grad=True)
    readout = torch.randn(steps, batch, hidden)
    wanted = [x, *lstm.parameters()]

    def forward():
        with torch.no_grad():
            lstm(x)

    def train():
        for tensor in wanted:
            tensor.grad = None
        lstm(x)[0].backward(readout)

    return forward, train


print(json.dumps({"name": f"PyTorch {torch.__version__}"}), flush=True)
ready = {}
for line in sys.stdin:
    sizes = json.loads(line)
    if line not in ready:
        ready[line] = works(**sizes)
    forward, train = ready[line]
    scale = 1000 / sizes["steps"]
    print(json.dumps({"forward": milliseconds(forward) * scale, "train": milliseconds(train) * scale}), flush=True)
