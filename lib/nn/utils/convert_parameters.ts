import * as ops from '../../ops.generated';
import { Tensor } from '../../tensor';

/** All parameters in one vector. PyTorch: torch.nn.utils.parameters_to_vector */
export function parametersToVector(parameters: Iterable<Tensor>): Tensor {
  return ops.cat([...parameters].map((parameter) => parameter.view(-1)));
}

/**
 * Slices of a vector as the data of parameters. PyTorch: torch.nn.utils.vector_to_parameters
 */
export function vectorToParameters(vec: Tensor, parameters: Iterable<Tensor>): void {
  if (!(vec instanceof Tensor)) {
    throw new TypeError(`expected torch.Tensor, but got: ${typeof vec}`);
  }
  let start = 0;
  for (const parameter of parameters) {
    const count = parameter.numel();
    parameter.data = vec.narrow(0, start, count).viewAs(parameter).data;
    start += count;
  }
}
