/** Functions of modules without the module. PyTorch: torch.nn.functional */
export * from './functional.generated';
