'use strict';

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/test/tsconfig.json' }] },
  // Tests import the package by its own name and get the sources.
  moduleNameMapper: {
    '^nabla$': '<rootDir>/lib/index.ts',
    '^nabla/(.*)$': '<rootDir>/lib/$1/index.ts',
  },
};
