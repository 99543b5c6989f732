// JupyterLab opens its file browser when it finds no layout that somebody left behind. A learner comes to read a
// notebook, so here it is the table of contents. No setting says so; whatever is changed later is kept.
(window._JUPYTERLAB ??= {})["bob-first-start"] = {
  init: () => {},
  get: async () => () => ({
    __esModule: true,
    default: {
      id: "bob-first-start:plugin",
      autoStart: true,
      activate: (app) => {
        app.shell.restored.then(async (layout) => {
          await app.restored;
          if (layout.fresh) await app.commands.execute("toc:show-panel");
        });
      },
    },
  }),
};
