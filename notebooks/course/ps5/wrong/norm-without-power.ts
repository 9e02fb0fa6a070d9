// catches: The margin divided by the norm without its power.
// marks: test-margin=1

// %% margin
function marginFromMultipliers(multipliers: number[], degree: number): number {
  return (degree * multipliers.reduce((sum, value) => sum + value, 0)) ** (-1 / 2);
}
