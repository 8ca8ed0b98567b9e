/** Memory of plain synchronous loops: no await, no tidy. Prints one line of JSON. */
import * as torch from 'nabla';

const { nn, optim } = torch;
const F = nn.functional;
const MB = 1 << 20;
const [loop, iterations] = [process.argv[2], Number(process.argv[3])];

torch.setNumThreads(1);

/** 20 ops on 256 KiB tensors. */
function ops(x: torch.Tensor, y: torch.Tensor): torch.Tensor {
  let z = x;
  for (let k = 0; k < 5; k++) z = z.add(y).mul(0.5).relu().sub(y);
  return z;
}

/** Peak above the start. */
function opsLoop(): object {
  const x = torch.rand([256, 256]);
  const y = torch.rand([256, 256]);
  ops(x, y);
  const start = process.memoryUsage.rss();
  const begin = performance.now();
  for (let k = 0; k < iterations; k++) ops(x, y);
  const us = ((performance.now() - begin) * 1000) / iterations / 20;
  return { grownMB: (process.resourceUsage().maxRSS * 1024 - start) / MB, us };
}

/** Growth after the first 1,000 steps. */
function mlpLoop(): object {
  torch.manualSeed(0);
  const net = new nn.Sequential(
    new nn.Flatten(), new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 64), new nn.ReLU(), new nn.Linear(64, 10),
  );
  const optimizer = new optim.SGD(net.parameters(), { lr: 0.01 });
  const x = torch.rand([64, 1, 28, 28]);
  const y = torch.randint(0, 10, [64]);
  let warm = 0;
  let peak = 0;
  for (let k = 0; k < iterations; k++) {
    optimizer.zeroGrad();
    F.crossEntropy(net(x), y).backward();
    optimizer.step();
    if (k === 999) warm = process.memoryUsage.rss();
    if (k > 999 && k % 500 === 0) peak = Math.max(peak, process.memoryUsage.rss());
  }
  return { grownMB: (Math.max(peak, process.memoryUsage.rss()) - warm) / MB };
}

console.log(JSON.stringify(loop === 'ops' ? opsLoop() : mlpLoop()));
