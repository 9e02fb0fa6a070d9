/**
 * The course: what the test cells of its problem sets are made of.
 * @module
 */
export { marking, near, type Marking, type Numbers } from './marking.js';
