import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// A busy machine is no failure here either: what a test waits for may come late.
configure({ asyncUtilTimeout: 15_000 });

afterEach(cleanup);
