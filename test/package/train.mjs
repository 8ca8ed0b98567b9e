import { createRequire } from 'node:module';
import * as torch from 'nabla';
import { nn, optim } from 'nabla';
import { Linear } from 'nabla/nn';
import { SGD } from 'nabla/optim';

const required = createRequire(import.meta.url)('nabla');
if (required.Tensor !== torch.Tensor || Linear !== nn.Linear || SGD !== required.optim.SGD) {
  throw new Error('import and require disagree about a class');
}

torch.manualSeed(0);
const net = new nn.Sequential(new nn.Linear(4, 8), new nn.ReLU(), new nn.Linear(8, 3));
const criterion = new nn.CrossEntropyLoss();
const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
const x = torch.randn(16, 4);
const y = torch.randint(0, 3, [16]);
const losses = [];
for (let step = 0; step < 20; step++) {
  optimizer.zeroGrad();
  const loss = criterion(net(x), y);
  loss.backward();
  optimizer.step();
  losses.push(loss.item());
}
console.log(losses.join(' '));
