// catches: ‖θ‖² = Σ λ without the degree.
// marks: test-margin=1

// %% margin
function marginFromMultipliers(multipliers: number[], degree: number): number {
  return multipliers.reduce((sum, value) => sum + value, 0) ** (-degree / 2);
}
