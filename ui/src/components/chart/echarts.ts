/** The parts of ECharts that the pages draw with; loaded only when the first chart is shown. */

import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent } from "echarts/components";
import { init, use as draw, type EChartsType } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

draw([BarChart, CustomChart, LineChart, ScatterChart, AriaComponent, DataZoomComponent, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer]);

export { init, type EChartsType };
