// A date by keyboard: where no day past 2099 is taken, a browser goes on to the month after four digits, and not after six.

linli.each("input[type=date], input[type=datetime-local], input[type=month]", (input) => {
  if (!input.max) input.max = { date: "2099-12-31", month: "2099-12" }[input.type] || "2099-12-31T23:59";
});
