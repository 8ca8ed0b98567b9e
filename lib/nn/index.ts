/** Modules: layers, losses, containers. PyTorch: torch.nn */
export * as functional from './functional';
export { RemovableHandle } from './hooks';
export * as init from './init';
export { Module } from './module';
export type { NamedOptions, ToTarget } from './module';
export * from './modules';
export { Parameter } from './parameter';
export type { IncompatibleKeys, StateDict } from './state_dict';
export * as utils from './utils';
