import * as torch from 'nabla';

const nan = torch.tensor([1, NaN]);

test('equal compares shapes and elements', () => {
  expect(torch.equal(torch.ones(2, 3), torch.ones(2, 3))).toBe(true);
  expect(torch.equal(torch.ones(2, 3), torch.ones(3, 2))).toBe(false);
  expect(torch.equal(torch.ones(2), torch.ones(1, 2))).toBe(false);
  expect(torch.equal(torch.tensor([1, 2]), torch.tensor([1, 3]))).toBe(false);
  expect(torch.equal(torch.ones(0), torch.ones(0))).toBe(true);
  expect(torch.equal(nan, nan.clone())).toBe(false);
  expect(torch.arange(6).view(2, 3).t().equal(torch.tensor([[0, 3], [1, 4], [2, 5]]).long())).toBe(true);
});

test('allclose has a relative and an absolute tolerance', () => {
  const a = torch.tensor([1, 100]);
  expect(a.allclose(torch.tensor([1, 100.0005]))).toBe(true);
  expect(torch.allclose(a, torch.tensor([1, 100.1]))).toBe(false);
  expect(torch.allclose(a, torch.tensor([1, 100.1]), 0.01)).toBe(true);
  expect(torch.allclose(a, torch.tensor([1.05, 100]), { rtol: 0, atol: 0.1 })).toBe(true);
  expect(torch.allclose(nan, nan)).toBe(false);
  expect(torch.allclose(nan, nan, { equalNan: true })).toBe(true);
});

test('what does not fit is named', () => {
  expect(() => torch.equal(torch.ones(2), 1 as never)).toThrow(/equal: expected a Tensor, got 1/);
  expect(() => torch.allclose(torch.ones(2), torch.ones(3))).toThrow(RangeError);
  expect(() => torch.allclose(torch.ones(2), torch.ones(2).double())).toThrow(TypeError);
  expect(() => torch.allclose(torch.ones(2), torch.ones(2), { equal_nan: true } as never)).toThrow(/equalNan/);
});

test('the only device is the CPU', () => {
  expect(torch.cuda.isAvailable()).toBe(false);
  expect(torch.cuda.deviceCount()).toBe(0);
});
