import * as torch from 'nabla';
import { nn, optim } from 'nabla';
import { Linear } from 'nabla/nn';

class Net extends nn.Module {
  fc1 = new Linear(4, 8);
  fc2 = new nn.Linear(8, 3);

  forward(x: torch.Tensor): torch.Tensor {
    return this.fc2(nn.functional.relu(this.fc1(x)));
  }
}

torch.manualSeed(0);
const net = new Net();
const criterion = new nn.CrossEntropyLoss();
const optimizer = new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
const x: torch.Tensor = torch.randn(16, 4);
const y: torch.Tensor = torch.randint(0, 3, [16]);
const losses: number[] = [];
for (let step = 0; step < 20; step++) {
  optimizer.zeroGrad();
  const loss: torch.Tensor = criterion(net(x), y);
  loss.backward();
  optimizer.step();
  losses.push(loss.item());
}
// A call is typed from forward: what does not fit must not compile.
// @ts-expect-error a string is no tensor
export const wrong = (): torch.Tensor => net('x');
// @ts-expect-error no such option
export const unknown = (): unknown => new optim.SGD(net.parameters(), { learningRate: 1 });

console.log(losses.join(' '));
