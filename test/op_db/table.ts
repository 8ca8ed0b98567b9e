/** THE table: all families. */
import activation from './activation';
import binary from './binary';
import compare from './compare';
import conv from './conv';
import copy from './copy';
import creation from './creation';
import index from './indexing';
import loss from './loss';
import matmul from './matmul';
import norm from './norm';
import padding from './padding';
import pool from './pool';
import random from './random';
import reduce from './reduce';
import resample from './resample';
import softmax from './softmax';
import unary from './unary';
import view from './view';
import where from './where';
import type { Family } from './types';

export const families: Family[] = [
  activation,
  creation,
  random,
  unary,
  binary,
  compare,
  where,
  copy,
  reduce,
  matmul,
  view,
  index,
  softmax,
  loss,
  norm,
  conv,
  padding,
  pool,
  resample,
];
