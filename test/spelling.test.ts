/** PyTorch's own spelling of a name says what to write instead. */
import * as torch from 'nabla';

/* eslint-disable @typescript-eslint/no-explicit-any */

const { nn, optim } = torch;
const any = (value: unknown): any => value;
const optimizer = () => new optim.SGD([torch.ones(1).requiresGrad_()], { lr: 1 });

const reads: [string, () => unknown, string][] = [
  ['a function', () => any(torch).manual_seed(0), 'torch.manual_seed: names are in camel case here, write torch.manualSeed'],
  ['an op', () => any(torch).index_select(0), 'write torch.indexSelect'],
  ['a functional', () => any(nn.functional).cross_entropy(0), 'write nn.functional.crossEntropy'],
  ['an initialisation', () => any(nn.init).xavier_uniform_(0), 'write nn.init.xavierUniform_'],
  ['a network', () => any(torch.vision.models).mobilenet_v2(), 'vision.models.mobilenet_v2: names are in camel case here, write vision.models.mobilenetV2'],
  ['a method', () => any(torch.ones(2)).log_softmax(0), 'tensor.log_softmax: names are in camel case here, write tensor.logSoftmax'],
  ['a property', () => any(torch.ones(2)).requires_grad, 'write tensor.requiresGrad'],
  ['an assignment', () => (any(torch.ones(2)).requires_grad = true), 'write tensor.requiresGrad'],
  ['a method of modules', () => any(new nn.Linear(1, 1)).named_parameters(), 'write module.namedParameters'],
  ['a namespace', () => any(optim).lr_scheduler.StepLR, 'optim.lr_scheduler: names are in camel case here, write optim.lrScheduler'],
  ['a field of optimizers', () => any(optimizer()).param_groups[0].lr, 'write optimizer.paramGroups'],
  ['a method of optimizers', () => any(optimizer()).zero_grad(), 'write optimizer.zeroGrad'],
];

test.each(reads)('%s', (_, read, text) => {
  expect(read).toThrow(TypeError);
  expect(read).toThrow(text);
});

test('such names are not seen and not in the way', () => {
  expect(Object.keys(torch).filter((name) => /[a-z]_[a-z]/.test(name))).toEqual([]);
  class Net extends nn.Module {
    zero_grad = 5;
    constructor() {
      super();
      any(this).state_dict = 6;
    }
    forward(x: torch.Tensor): torch.Tensor {
      return x;
    }
  }
  const net = new Net();
  expect([net.zero_grad, any(net).state_dict]).toEqual([5, 6]);
  expect(Object.keys(net)).toContain('state_dict');
});

describe('other slips of a port', () => {
  const slips: [string, () => unknown, string][] = [
    ['a keyword as in Python', () => torch.ones(2, any({ requires_grad: true })), "ones: unknown option 'requires_grad', write 'requiresGrad' (known: size, dtype, device, requiresGrad,"],
    ['the same in torch.tensor', () => torch.tensor([1], any({ requires_grad: true })), "tensor: unknown option 'requires_grad', write 'requiresGrad' (known: data, dtype, device, requiresGrad,"],
    ['a fraction as index', () => torch.ones(2).get(1.5), 'get: 1.5 is no integer'],
    ['a text as index', () => torch.ones(2).get(any('a')), "get: 'a' is neither a slice"],
    ['a row that is a number', () => torch.tensor(any([[1, 2], 3])), 'tensor: ragged nested arrays: data[1] is a single value, but data[0] is an array of length 2'],
    ['a row that is too long', () => torch.tensor([[[1], [2]], [[3], [4, 5]]]), 'data[1][1] is an array of length 2, but data[0][0] is an array of length 1'],
    ['a tensor of another shape', () => torch.tensor([torch.ones(2, 3), torch.ones(2, 4)]), 'data[1] is an array of shape 2 x 4, but data[0] is an array of shape 2 x 3'],
    ['a class called as a function', () => any(nn.Linear)(3, 4), "Class constructor Linear cannot be invoked without 'new'"],
  ];
  test.each(slips)('%s', (_, run, text) => {
    expect(run).toThrow(text);
  });
});
