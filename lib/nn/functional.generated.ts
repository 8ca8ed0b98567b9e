// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.


export {
  relu,
  sigmoid,
  tanh,
} from '../ops.generated';
