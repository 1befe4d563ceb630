/* Cameras of charts take slides: plotly draws a picture anew, from the layout that a chart has
   when its camera is clicked, and has read it when the click is over. So neither a frame nor
   another host nor a browser on the server is needed. SLIDE is what all slides have. */
(() => {
  const background = SLIDE;
  document.addEventListener("click", event => {
    const camera = event.target.closest?.('.modebar-btn[data-title^="Download"]');
    const chart = camera?.closest(".js-plotly-plot");
    const slide = chart?._context?.toImageButtonOptions?.slide;
    if (!slide) return;
    const drawn = chart.layout;
    chart.layout = {...drawn, ...background, ...slide};
    setTimeout(() => { chart.layout = drawn; });
  }, true);
})();
