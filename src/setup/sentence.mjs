/** A failure the user can act on: shown as its one sentence, without a stack. */
export class Sentence extends Error {
  /**
   * @param {string} message
   * @param {number} [status] the exit status that goes with it
   */
  constructor(message, status = 1) {
    super(message);
    this.name = 'Sentence';
    this.status = status;
  }
}
