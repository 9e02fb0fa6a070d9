// catches: The norm of the layers without its power.
// marks: test-margin-share=1

// %% margin-share
function marginShare(depth: number): number {
  return depth ** (-1 / 2);
}
