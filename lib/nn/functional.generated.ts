// Made from cpp/ops/ops.inc by scripts/generate-ops.js; do not edit.


export {};
